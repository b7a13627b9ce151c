using System.Diagnostics;
using MacvtapTools.Frames;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Capture;

/// <summary>Capture files of ours in other tools, and the same traffic captured by tcpdump.</summary>
public sealed class CaptureAgainstTcpdumpTests
{
    private const int Count = 200;

    [Fact]
    public void Tcpdump_and_we_capture_the_same_frames_and_the_tools_read_ours()
    {
        foreach (string tool in new[] { "tcpdump", "tshark", "capinfos" }) Requires.Program(tool);
        using Lab lab = new();
        string space = lab.NewNamespace();
        Lab.AddVeth(space, "v0", "v1");
        string folder = lab.NewDirectory();
        string theirs = Path.Combine(folder, "theirs.pcap");
        string ours = Path.Combine(folder, "ours.pcapng");

        // With its own snapshot length, whole frames of 256 KB, tcpdump has room for a handful of them and drops the rest.
        using Process tcpdump = Programs.Start("ip", ["netns", "exec", space, "tcpdump", "-i", "v0", "-Q", "in", "-U", "--immediate-mode", "-s", "4096", "-B", "8192", "--nano", "-c", $"{Count}", "-w", theirs, "ether proto 0x88b5 or vlan"]);
        while (tcpdump.StandardError.ReadLine() is { } line && !line.Contains("listening", StringComparison.Ordinal)) { }
        using (FrameBench bench = FrameBench.Watch(space, "v0", new FrameFilter(direction: FrameDirection.In)))
        using (FrameRecorder recorder = new(ours, append: false, overwrite: false))
        {
            recorder.Add(bench.Source);
            using PacketSocket far = PacketSocket.Open(space, "v1");
            // Two bytes behind the type: the kernel drops tagged frames with less (net/core/skbuff.c, skb_vlan_untag).
            for (int i = 0; i < Count; i++) far.Send([.. FrameText.Parse("020000000002 020000000001"), .. FrameText.Parse(i % 2 == 0 ? "8100 6007 88b5" : "88b5"), .. new byte[2 + (i * 7)]]);
            for (int i = 0; i < Count; i++) recorder.Write(Assert.IsType<EthernetFrame>(bench.Next()));
            recorder.Close(bench.Source);
        }

        Assert.True(tcpdump.WaitForExit(10_000), "tcpdump did not see all frames.");
        EthernetFrame[] expected = Read(theirs);
        EthernetFrame[] found = Read(ours);
        Assert.Equal(Count, expected.Length);
        Assert.Equal(expected.Select(f => (f.UnixTimeNanoseconds, f.OriginalLength, Convert.ToHexString(f.Bytes))), found.Select(f => (f.UnixTimeNanoseconds, f.OriginalLength, Convert.ToHexString(f.Bytes))));

        string[] told = Programs.Run("tshark", "-r", ours, "-T", "fields", "-e", "frame.interface_name", "-e", "frame.len", "-e", "frame.time_epoch").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(found.Select(f => $"v0\t{f.OriginalLength}\t{f.UnixTimeNanoseconds / 1_000_000_000}.{f.UnixTimeNanoseconds % 1_000_000_000:000000000}"), told);
        string summary = Programs.Run("capinfos", "-c", "-d", "-n", "-o", ours);
        Assert.Contains($"Number of packets:   {Count}", summary, StringComparison.Ordinal);
        Assert.Contains("Strict time order:   True", summary, StringComparison.Ordinal);
    }

    private static EthernetFrame[] Read(string path)
    {
        using CaptureReader reader = CaptureReader.Open(path);
        var frames = new List<EthernetFrame>();
        while (reader.Next() is { } frame) frames.Add(frame);
        return [.. frames];
    }
}
