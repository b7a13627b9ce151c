using MacvtapTools.Frames;

namespace MacvtapTools.Core.Tests.Frames;

/// <summary>Recorded traffic, and frames to take apart.</summary>
internal static class FrameData
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data", "frames");

    /// <summary>What tcpdump wrote, as a file.</summary>
    internal static byte[] Pcap() => FrameText.Parse(string.Concat(File.ReadLines(Path.Combine(Folder, "traffic.pcap.hex")).Where(l => l[0] != '#')));

    /// <summary>What tshark says of it: the head with the names of the fields, then a line for each frame.</summary>
    internal static string[] Fields() => [.. File.ReadLines(Path.Combine(Folder, "traffic.tsv")).Where(l => l[0] != '#')];

    /// <summary>The recorded frames.</summary>
    internal static EthernetFrame[] Traffic() => Read(Pcap());

    /// <summary>All frames of a file.</summary>
    internal static EthernetFrame[] Read(byte[] file)
    {
        using var reader = CaptureReader.Open(new MemoryStream(file), "test");
        var frames = new List<EthernetFrame>();
        while (reader.Next() is { } frame) frames.Add(frame);
        return [.. frames];
    }

    internal static EthernetFrame Frame(string hex) => FrameBuilder.FromBytes(FrameText.Parse(hex));

    internal static FrameView View(EthernetFrame frame) =>
        new() { Bytes = frame.Data, OriginalLength = frame.OriginalLength, Nanoseconds = frame.UnixTimeNanoseconds, Direction = frame.Direction };

    /// <summary>Frames as a pcapng file.</summary>
    internal static byte[] Pcapng(params EthernetFrame[] frames)
    {
        using var file = new MemoryStream();
        var writer = new PcapngWriter(file);
        foreach (EthernetFrame frame in frames) writer.Write(writer.AddInterface(frame.Origin), View(frame));
        writer.Flush();
        return file.ToArray();
    }
}
