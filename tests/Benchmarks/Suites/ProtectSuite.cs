using System.Buffers.Binary;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;
using MacvtapTools.Frames;
using MacvtapTools.Protection;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// What the rules of Protect-Link cost: the processor time of one frame of 64 bytes from one macvtap to another, without and with them. The kernel runs the rules of both
/// ends where a frame is written. What a frame passes has to let it through: those that are dropped cost less than any.
/// </summary>
internal sealed class ProtectSuite : ISuite
{
    private const int Size = 64;
    private const int Few = 1;
    private const int Many = 50;
    private const int Turns = 200;
    private const int TypeOffset = 12;

    /// <inheritdoc/>
    public string Name => "protect";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using var arena = new TapArena(2);
        var client = new ProtectionClient(arena.Arena.Session.Conversation);
        Link link = arena.Arena.Session.Reader.Find(Arena.NameOf(0))!;
        Measure(arena, client, link, null, false); // the just-in-time compiler's
        foreach ((string work, ProtectionRules rules, bool isReceiver) in Rules(AddressOf(link)))
        {
            var bare = new Contender("no rules", () => Measure(arena, client, link, null, isReceiver));
            var ruled = new Contender("with rules", () => Measure(arena, client, link, rules, isReceiver));
            Interleaved.Run(bench.Rounds, bench.Stop, bare, ruled);
            Row row = Row.Information(work, bare, ruled) with { Unit = "ns" };
            yield return row with { Conditions = string.Create(CultureInfo.InvariantCulture, $"{ruled.Samples.Median - bare.Samples.Median:0} ns more, best {ruled.Samples.Best - bare.Samples.Best:0}; {row.Conditions}") };
        }
    }

    private static double Measure(TapArena arena, ProtectionClient client, Link link, ProtectionRules? rules, bool isReceiver)
    {
        using var traffic = isReceiver ? new FrameTraffic(arena, Size, from: 1, to: 0) : new FrameTraffic(arena, Size);
        MakeDatagram(traffic.Frame);
        if (rules is not null) client.Set(link, rules);
        double nanoseconds = traffic.Turns(Turns);
        if (rules is not null) client.Remove(link);
        return nanoseconds;
    }

    private static ulong AddressOf(Link link) => ProtectionRules.MacNumber(Convert.FromHexString(link.MacAddress!.Replace(":", string.Empty, StringComparison.Ordinal)));

    private static (string Work, ProtectionRules Rules, bool IsReceiver)[] Rules(ulong own) =>
    [
        ("processor time of a frame from a guest, -AllowSourceAddress", new ProtectionRules { Sources = [own] }, false),
        ("the same, every rule", Every(own, Few), false),
        ("the same, every rule, isolated from 50 siblings", Every(own, Many), false),
        ("processor time of a frame to a guest, every rule", Every(own, Few), true),
        ("the same, every rule, isolated from 50 siblings", Every(own, Many), true),
    ];

    private static ProtectionRules Every(ulong own, int siblings) => new()
    {
        Sources = [own],
        Isolate = true,
        Siblings = [.. Enumerable.Range(1, siblings).Select(i => (ulong)i)],
        BlockDhcpServer = true,
        BlockRouterAdvertisement = true,
        ArpAddresses = [1],
        NeighbourAddresses = [1],
    };

    /// <summary>UDP over IPv4, which the rules look into as far as into anything: to the ports. It is no DHCP.</summary>
    private static void MakeDatagram(Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame[TypeOffset..], EtherType.IPv4);
        Span<byte> packet = frame[(TypeOffset + 2)..];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 17;
        BinaryPrimitives.WriteUInt16BigEndian(packet[20..], 5000);
        BinaryPrimitives.WriteUInt16BigEndian(packet[22..], 5000);
    }
}
