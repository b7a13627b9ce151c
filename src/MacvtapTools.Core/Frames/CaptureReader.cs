using System.Buffers.Binary;
using MacvtapTools.Failures;

namespace MacvtapTools.Frames;

/// <summary>Reads the frames of a capture file, one after the other: pcapng, and classic pcap as a courtesy.</summary>
internal abstract class CaptureReader : IDisposable
{
    private const ushort GzipMagic = 0x1F8B;
    private const uint ZstandardMagic = 0x28B52FFD;
    private const int MagicLength = 4;

    private protected CaptureReader(CaptureStream stream, string name)
    {
        Stream = stream;
        Name = name;
    }

    /// <summary>How many records were passed over because they are no Ethernet frames.</summary>
    internal long SkippedCount { get; private protected set; }

    /// <summary>Where the reader is, and how much there is in all (null where that is not known).</summary>
    internal (long Offset, long? Length) Position => (Stream.Offset, Stream.Length);

    private protected CaptureStream Stream { get; }

    private protected string Name { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="MacvtapException">CaptureFileNotFound, AccessDenied, CaptureFileInvalid.</exception>
    internal static CaptureReader Open(string path) => Open(CaptureFiles.OpenToRead(path), path);

    /// <summary>Begins to read a stream.</summary>
    /// <param name="stream">The stream; closed with the reader.</param>
    /// <param name="name">How it is called in failures.</param>
    internal static CaptureReader Open(Stream stream, string name)
    {
        var source = new CaptureStream(stream);
        try
        {
            ReadOnlySpan<byte> start = source.Peek(MagicLength);
            if (start.Length < MagicLength) throw Invalid(name, 0, start.IsEmpty ? "it is empty" : "it is too short for a capture file");
            uint little = BinaryPrimitives.ReadUInt32LittleEndian(start);
            uint big = BinaryPrimitives.ReadUInt32BigEndian(start);
            if (little == Pcapng.SectionHeader) return new PcapngReader(source, name);
            if (little is Pcapng.ClassicMicroseconds or Pcapng.ClassicNanoseconds) return new PcapReader(source, name, false);
            if (big is Pcapng.ClassicMicroseconds or Pcapng.ClassicNanoseconds) return new PcapReader(source, name, true);
            throw Invalid(name, 0, big >> 16 == GzipMagic || big == ZstandardMagic ? "it is compressed; unpack it first" : "it begins like neither pcapng nor pcap");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The next frame, or null at the end.</summary>
    /// <exception cref="MacvtapException">CaptureFileInvalid, with the offset. What was read before is good.</exception>
    internal abstract EthernetFrame? Next();

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private protected MacvtapException Invalid(long offset, string why) => Invalid(Name, offset, why);

    private static MacvtapException Invalid(string name, long offset, string why) => new(
        FailureId.CaptureFileInvalid,
        $"{name} cannot be read at offset {offset}: {why}.",
        offset == 0 ? "Capture files of Wireshark, tcpdump and this module are read: pcapng and pcap." : "The frames before that are good. A capture that was cut short, or a damaged copy, looks like this.",
        name);
}
