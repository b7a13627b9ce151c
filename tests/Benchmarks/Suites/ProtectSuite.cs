using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Protection;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>What the rules of Protect-Link cost: frames of 64 bytes from one macvtap to another, without and with them. The figures are the milliseconds for 100,000 frames.</summary>
internal sealed class ProtectSuite : ISuite
{
    private const int Size = 64;
    private const int Addresses = 50;
    private const double Unit = 100_000;
    private const double NanosecondsPerMillisecond = 1_000_000;

    /// <inheritdoc/>
    public string Name => "protect";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using var arena = new TapArena(2);
        var client = new ProtectionClient(arena.Arena.Session.Conversation);
        Link link = arena.Arena.Session.Reader.Find(Arena.NameOf(0))!;
        ulong own = ProtectionRules.MacNumber(Convert.FromHexString(link.MacAddress!.Replace(":", string.Empty, StringComparison.Ordinal)));
        FrameSuite.Ours(arena, Size, false); // the just-in-time compiler's
        foreach ((string work, ProtectionRules rules) in Rules(own))
        {
            var bare = new Contender("without rules", () => Measure(arena, client, link, null));
            var ruled = new Contender("with rules", () => Measure(arena, client, link, rules));
            Interleaved.Run(bench.Rounds, bench.Stop, bare, ruled);
            Row row = Row.Information(work, bare, ruled);
            double nanoseconds = (ruled.Samples.Median - bare.Samples.Median) / Unit * NanosecondsPerMillisecond;
            yield return row with { Conditions = string.Create(CultureInfo.InvariantCulture, $"{Unit / bare.Samples.Median:0}000 frames/s without, {Unit / ruled.Samples.Median:0}000 with, {nanoseconds:0} ns a frame; {row.Conditions}") };
        }
    }

    private static double Measure(TapArena arena, ProtectionClient client, Link link, ProtectionRules? rules)
    {
        if (rules is not null) client.Set(link, rules);
        double milliseconds = FrameSuite.Ours(arena, Size, false);
        if (rules is not null) client.Remove(link);
        return milliseconds;
    }

    private static (string Work, ProtectionRules Rules)[] Rules(ulong own) =>
    [
        ("100,000 frames of 64 bytes, -AllowSourceAddress", new ProtectionRules { Sources = [own] }),
        ("every rule", new ProtectionRules { Sources = [own], Isolate = true, Siblings = [1], BlockDhcpServer = true, BlockRouterAdvertisement = true, ArpAddresses = [1], NeighbourAddresses = [1] }),
        ("every rule, isolated from 50 siblings", new ProtectionRules { Sources = [own], Isolate = true, Siblings = [.. Enumerable.Range(1, Addresses).Select(i => (ulong)i)], BlockDhcpServer = true, BlockRouterAdvertisement = true, ArpAddresses = [1], NeighbourAddresses = [1] }),
    ];
}
