using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets the counters of links, or how far they went on since an earlier time.</summary>
[Cmdlet(VerbsCommon.Get, "LinkStatistics", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkStatisticsSnapshot), typeof(LinkStatisticsDelta))]
public sealed class GetLinkStatisticsCommand : LinkReadCmdlet
{
    private readonly List<LinkStatisticsSnapshot> _earlier = [];

    /// <summary>What this cmdlet gave before: gives the difference to it. Where no link is named, the links that it is of.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSObject[]? Delta { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        foreach (PSObject value in Delta ?? []) Attempt(value, () => _earlier.Add(StatisticsBaselines.Read(value)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Delta is null || !IsEverything || ParameterSetName == ParameterSets.ByNamespace)
        {
            base.ProcessRecord();
            return;
        }

        foreach (LinkStatisticsSnapshot earlier in _earlier)
        {
            Attempt(earlier, () =>
            {
                LinkSession session = Session(NetworkNamespace ?? earlier.NetworkNamespace);
                WriteDelta(earlier, new LinkStatisticsSnapshot(LinkSelection.ByIndex(session.Reader, earlier.InterfaceIndex)));
            });
        }
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        foreach (Link link in links)
        {
            var now = new LinkStatisticsSnapshot(link);
            if (Delta is null) WriteObject(now);
            else Attempt(link, () => WriteDelta(EarlierOf(now), now));
        }
    }

    private LinkStatisticsSnapshot EarlierOf(LinkStatisticsSnapshot now) =>
        _earlier.FindLast(e => e.InterfaceIndex == now.InterfaceIndex && IsSamePlace(e.NetworkNamespace, now.NetworkNamespace))
        ?? throw new MacvtapException(FailureId.ParameterInvalid, $"-Delta has no snapshot of {now.Name}.", $"$before = {CommandText.For("Get-LinkStatistics", now.Name, now.NetworkNamespace)} takes one.", now);

    /// <summary>One namespace can have several names. An earlier one that is not there any more is no other's.</summary>
    private bool IsSamePlace(string? earlier, string? now)
    {
        if (earlier == now) return true;
        try
        {
            return Session(earlier).Namespace.IsSameAs(Session(now).Namespace);
        }
        catch (MacvtapException)
        {
            return false;
        }
    }

    private void WriteDelta(LinkStatisticsSnapshot earlier, LinkStatisticsSnapshot now)
    {
        if (!now.IsSameLink(earlier)) throw StatisticsFailures.Replaced(earlier, now);
        LinkStatisticsDelta delta = LinkStatisticsDelta.Between(earlier, now);
        if (delta.Restarted.Count > 0) WriteWarning(StatisticsFailures.Restarted(delta));
        WriteObject(delta);
    }
}
