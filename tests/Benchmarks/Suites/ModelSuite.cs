using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Forwarding;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Who reaches whom among 1000 links of one lower device. Nothing is asked of the kernel.</summary>
internal sealed class ModelSuite : ISuite
{
    private const int Count = 1000;
    private const int Pairs = 2000;
    private const int Step = 7;
    private const double MostMilliseconds = 2000;
    private const double MostMicroseconds = 10;
    private const ulong FirstAddress = 0x0200_0000_0000;
    private const ulong Group = 0x0100_5e00_00fb;
    private static readonly LinkMode[] Modes = [LinkMode.Private, LinkMode.Vepa, LinkMode.Bridge, LinkMode.Source];

    /// <inheritdoc/>
    public string Name => "model";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        ForwardingScene scene = Scene();
        var all = new Samples();
        var one = new Samples();
        Reasons(new ForwardingModel(scene, Group)); // the just-in-time compiler's
        for (int round = 0; round < bench.Rounds; round++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            all.Add(Time(() => Delivered(new ForwardingModel(scene, Group))));
            var model = new ForwardingModel(scene, Group);
            one.Add(Time(() => Reasons(model)) / Pairs * 1000);
        }

        yield return Of("who reaches whom among 1000 links: 1,000,000 pairs, unicast, broadcast and multicast", all, "ms", MostMilliseconds);
        yield return Of("one pair of 1000 links, with the reason in words", one, "us", MostMicroseconds);
    }

    private static Row Of(string work, Samples samples, string unit, double most) => new(work, "-")
    {
        OursMedian = samples.Median,
        Unit = unit,
        Target = string.Create(CultureInfo.InvariantCulture, $"at most {most:0} {unit}"),
        Met = samples.Median <= most,
        Conditions = string.Create(CultureInfo.InvariantCulture, $"rounds {samples.Count}, spread {samples.Spread:P0}, best {samples.Best:0.00}"),
    };

    private static double Time(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Every pair, every kind; the count keeps the work from being left out.</summary>
    private static void Delivered(ForwardingModel model)
    {
        int delivered = 0;
        for (int from = 0; from < Count; from++)
        {
            for (int to = 0; to < Count; to++)
            {
                foreach (TrafficKind kind in (ReadOnlySpan<TrafficKind>)[TrafficKind.Unicast, TrafficKind.Broadcast, TrafficKind.Multicast])
                {
                    if (model.Decide(from, to, kind).Reachable == Reachability.Delivered) delivered++;
                }
            }
        }

        if (delivered == 0) throw new InvalidOperationException("Among 1000 links nobody reaches anybody.");
    }

    /// <summary>Single pairs, far from each other, as a user asks for them.</summary>
    private static void Reasons(ForwardingModel model)
    {
        for (int i = 0; i < Pairs; i++) GC.KeepAlive(new LinkReachability(model, i * Step % Count, (Count - 1) - (i % Count), TrafficKind.Unicast).Reason);
    }

    /// <summary>All modes alike, and lists, so that nothing is left out.</summary>
    private static ForwardingScene Scene() => new()
    {
        Lower = new SceneLower { Name = "v0", Address = FirstAddress + Count },
        Links =
        [
            .. Enumerable.Range(0, Count).Select(i => new SceneLink
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"m{i}"),
                Mode = Modes[i % Modes.Length],
                Address = FirstAddress + (ulong)i,
                Groups = new HashSet<ulong> { Group },
                Sources = i % Modes.Length == 3 ? [FirstAddress + (ulong)((i + 1) % Count)] : [],
            }),
        ],
        Switch = new SceneSwitch { Behaviour = SwitchBehaviour.ReflectiveRelay },
    };
}
