using System.Diagnostics;
using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Measures how fast links send and receive, all named links at the same time, and gives each result as soon as it is there.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "LinkRate", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkRate))]
public sealed class MeasureLinkRateCommand : LinkReadCmdlet
{
    private const double Shortest = 0.01;
    private const double Longest = 86400;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly List<(LinkSession Session, LinkStatisticsSnapshot Last)> _watched = [];

    /// <summary>How long to measure for one result: a time, or a number of seconds, 0.01 to 86400. The counters are read at its beginning and its end.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many results each link gives; 0 goes on until Ctrl+C.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        RequireTime(nameof(Interval), Interval, Shortest, Longest);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        long start = Stopwatch.GetTimestamp();

        // The list was read while links were still coming through the pipe; the first interval of all begins now.
        ReadAll(_ => { });
        for (long round = 1; (Count == 0 || round <= Count) && _watched.Count > 0; round++)
        {
            WaitFor((Interval * round) - Stopwatch.GetElapsedTime(start));
            if (Stopping) throw new PipelineStoppedException();
            ReadAll(Write);
        }
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        foreach (Link link in links)
        {
            if (!_watched.Exists(w => w.Session == session && w.Last.InterfaceIndex == link.InterfaceIndex)) _watched.Add((session, new LinkStatisticsSnapshot(link)));
        }
    }

    /// <summary>Waits until the interval is over, and shows how much of it is.</summary>
    private void WaitFor(TimeSpan time)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        Await("Measuring", time, tick =>
        {
            for (TimeSpan left = time; left > TimeSpan.Zero; left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end))
            {
                if (StopRequested.WaitHandle.WaitOne(left < Slice ? left : Slice)) throw new PipelineStoppedException();
                tick();
            }

            return true;
        });
    }

    private void Write(LinkStatisticsDelta delta)
    {
        if (delta.Restarted.Count > 0) WriteWarning(StatisticsFailures.Restarted(delta));
        WriteObject(new LinkRate(delta));
    }

    /// <summary>Reads every link again; one that is gone is reported once and left out from then on.</summary>
    private void ReadAll(Action<LinkStatisticsDelta> onDelta)
    {
        for (int i = 0; i < _watched.Count; i++)
        {
            (LinkSession session, LinkStatisticsSnapshot last) = _watched[i];
            LinkStatisticsSnapshot? now = null;
            Attempt(last, () =>
            {
                if (session.Reader.Find(last.InterfaceIndex) is not { } link)
                    throw new MacvtapException(FailureId.LinkNotFound, $"{last.Name} (index {last.InterfaceIndex}) is not there any more.", "The other links are measured further.", last);
                var read = new LinkStatisticsSnapshot(link);
                if (!read.IsSameLink(last)) throw StatisticsFailures.Replaced(last, read);
                now = read;
            });
            if (now is null)
            {
                _watched.RemoveAt(i--);
                continue;
            }

            _watched[i] = (session, now);
            onDelta(LinkStatisticsDelta.Between(last, now));
        }
    }
}
