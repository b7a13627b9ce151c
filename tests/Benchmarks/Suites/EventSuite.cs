using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Events;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>
/// How long after a change its event is there. The clock starts just before the kernel is asked, on another thread: the kernel's own work is part of it, so what
/// the watch adds is less. The kernel sends its message within that request.
/// </summary>
internal sealed class EventSuite : ISuite
{
    private const int EventsPerRound = 200;
    private const double Most = 1;

    /// <inheritdoc/>
    public string Name => "events";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        using Arena arena = Arena.Create();
        var samples = new Samples();
        for (int round = 0; round <= bench.Rounds; round++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            double[] latencies = Measure(arena, bench.Stop);

            // The first round is the just-in-time compiler's.
            if (round > 0) Array.ForEach(latencies, samples.Add);
        }

        double[] sorted = [.. samples.Values.Order()];
        yield return new Row("from asking for a change to its event object", "-")
        {
            OursMedian = samples.Median,
            Target = "at most 1 ms",
            Met = samples.Median <= Most,
            Conditions = string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Length} events, median {samples.Median:0.000}, 95 % below {sorted[sorted.Length * 95 / 100]:0.000}, best {sorted[0]:0.000}, longest {sorted[^1]:0.0}"),
        };
    }

    private static double[] Measure(Arena arena, CancellationToken stop)
    {
        double[] latencies = new double[EventsPerRound];
        using var watcher = new LinkWatcher(new WatchSettings { NetworkNamespaces = [arena.Name] }, stop);
        watcher.Start();
        long asked = 0;
        using var next = new SemaphoreSlim(0);
        var changer = new Thread(() =>
        {
            for (int i = 0; i < EventsPerRound; i++)
            {
                next.Wait(stop);
                Thread.Sleep(1); // until the watch waits again
                using (MessageWriter message = LinkRequests.BeginChange(arena.Session.Conversation.Compose(), RtnetlinkConstants.RTM_SETLINK, arena.LowerIndex))
                    message.U32(IFLA.MTU, 1400u + (uint)(i % 2));
                Volatile.Write(ref asked, Stopwatch.GetTimestamp());
                arena.Session.Conversation.Exchange()[0].ThrowIfFailed("set the MTU");
            }
        });
        changer.Start();
        for (int i = 0; i < EventsPerRound; i++)
        {
            next.Release();
            while (watcher.Next()?.Changed.Contains(nameof(Link.Mtu)) != true)
            {
            }

            latencies[i] = Stopwatch.GetElapsedTime(Volatile.Read(ref asked)).TotalMilliseconds;
        }

        changer.Join();
        return latencies;
    }
}
