using System.Diagnostics;
using Xunit;

namespace MacvtapTools.Core.Tests.Frames;

/// <summary>Summaries, against what tshark says of the same bytes.</summary>
public sealed class FrameSummaryTests
{
    [Fact]
    public void Recorded_traffic_reads_as_tshark_read_it() => Compare(FrameData.Fields());

    [Fact]
    public void Recorded_traffic_reads_as_the_tshark_of_this_machine_reads_it()
    {
        string folder = Directory.CreateTempSubdirectory("macvtap-tshark-").FullName;
        try
        {
            // Our own writer stands between: tshark reads pcapng that we made of what tcpdump wrote.
            string file = Path.Combine(folder, "traffic.pcapng");
            File.WriteAllBytes(file, FrameData.Pcapng(FrameData.Traffic()));
            string[] names = FrameData.Fields()[0].Split('\t');
            Compare(Tshark(["-r", file, "-o", "ip.defragment:FALSE", "-T", "fields", "-E", "header=y", "-E", "occurrence=f", .. names.SelectMany(n => new[] { "-e", n })]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("", "0 bytes, too few for a frame")]
    [InlineData("ffffffffffff 525400000001 08", "13 bytes, too few for a frame")]
    [InlineData("ffffffffffff 525400000001 0800", "IPv4, 0 bytes")]
    [InlineData("ffffffffffff 525400000001 0800 65", "IPv4, 1 bytes")]
    [InlineData("ffffffffffff 525400000001 88b5 dead", "0x88b5, 2 bytes")]
    [InlineData("0180c2000000 525400000001 0026 424203", "LLC, 3 bytes")]
    [InlineData("0180c200000e 525400000001 88cc 0207", "LLDP, 2 bytes")]
    [InlineData("ffffffffffff 525400000001 0806 0001080006040001 525400000001 00000000 000000000000 0a000002", "ARP who has 10.0.0.2, probed by 52:54:00:00:00:01")]
    [InlineData("ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000001", "ARP 10.0.0.1 is at 52:54:00:00:00:01, announced")]
    [InlineData("ffffffffffff 525400000001 0806 0001080006040003 525400000001 0a000001 000000000000 0a000002", "ARP operation 3, 10.0.0.1 to 10.0.0.2")]
    [InlineData("ffffffffffff 525400000001 0806 0006080006040001 5254", "ARP, 10 bytes")]
    [InlineData("ffffffffffff 525400000001 0800 45000014 00000000 402f0000 0a000001 0a000002", "GRE 10.0.0.1 > 10.0.0.2, 0 bytes")]
    [InlineData("ffffffffffff 525400000001 0800 45000014 00000000 40fd0000 0a000001 0a000002 ffff", "IP protocol 253 10.0.0.1 > 10.0.0.2, 0 bytes")]
    [InlineData("ffffffffffff 525400000001 0800 45000028 00000000 40060000 0a000001 0a000002 0050", "TCP 10.0.0.1 > 10.0.0.2, 20 bytes")]
    [InlineData("ffffffffffff 525400000001 0800 4f000028 00000000 40060000 0a000001 0a000002", "TCP 10.0.0.1 > 10.0.0.2, 0 bytes")]
    [InlineData("ffffffffffff 525400000001 8100", "VLAN, 0 bytes")]
    [InlineData("ffffffffffff 525400000001 8100 0007 0800", "VLAN 7: IPv4, 0 bytes")]
    [InlineData("ffffffffffff 525400000001 86dd 60000000 0010 2c40 fd000000000000000000000000000001 fd000000000000000000000000000002 1100 0009 00000001 0000000000000000", "UDP fd00::1 > fd00::2 fragment at 8, 8 bytes")]
    [InlineData("ffffffffffff 525400000001 86dd 60000000 0010 0040 fd000000000000000000000000000001 fd000000000000000000000000000002 11ff 0000 00000001 0000000000000000", "UDP fd00::1 > fd00::2, 0 bytes")]
    public void Others(string hex, string summary) => Assert.Equal(summary, FrameData.Frame(hex).Summary);

    private static void Compare(string[] lines)
    {
        string[] names = lines[0].Split('\t');
        EthernetFrame[] frames = FrameData.Traffic();
        Assert.Equal(lines.Length - 1, frames.Length);
        int told = 0;
        foreach ((EthernetFrame frame, string line) in frames.Zip(lines.Skip(1)))
        {
            var expected = new TsharkLine(names, line);
            Assert.Equal((expected.Source, expected.Destination, expected.Length, expected.Vlan), (frame.Source, frame.Destination, frame.Length, frame.VlanId));
            if (expected.Summary is not { } summary) continue;
            Assert.StartsWith(summary, frame.Summary, StringComparison.Ordinal);
            told++;
        }

        // 40 frames, three of which are of types that have no more to tell.
        Assert.Equal(37, told);
    }

    private static string[] Tshark(string[] arguments)
    {
        var start = new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The program 'tshark' is not on this host: install it (it comes with Wireshark).");
            return [];
        }
    }
}
