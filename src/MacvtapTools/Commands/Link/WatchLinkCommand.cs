using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Events;
using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Commands;

/// <summary>Streams what happens to links, until it is stopped, or for as many events or as long as asked.</summary>
[Cmdlet(VerbsCommon.Watch, "Link")]
[OutputType(typeof(LinkEvent))]
public sealed class WatchLinkCommand : KernelCmdlet
{
    private readonly List<LinkWish> _wishes = [];

    /// <summary>The names of the links; patterns are taken. They need not exist yet. All links where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only links of this kind, as the kernel calls it: macvtap, macvlan, veth, bridge, tun.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkKindCompleter))]
    public string? Kind { get; set; }

    /// <summary>Only these events.</summary>
    [Parameter]
    public LinkEventKind[]? Event { get; set; }

    /// <summary>End after so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>End after this time: seconds, or a TimeSpan. No limit where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.MaxValue;

    /// <summary>How often to compare with the kernel's list, for changes that the kernel does not announce: seconds, or a TimeSpan. 0 for never; 5 seconds where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Also emit an Added event, marked Resync, for each link that is there at the start.</summary>
    [Parameter]
    public SwitchParameter InitialState { get; set; }

    /// <summary>Watch all registered network namespaces and the current one, also those that appear later.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (All && !string.IsNullOrEmpty(NetworkNamespace))
            Refuse("-All and -NetworkNamespace exclude each other.", "-All watches every registered network namespace; -NetworkNamespace watches one.", NetworkNamespace);
        RefuseNegative(Timeout, nameof(Timeout), "Leave it out for no limit.");
        RefuseNegative(RefreshInterval, nameof(RefreshInterval), "0 is for never.");
    }

    /// <summary>Notes what to watch: one watch serves everything that comes by the pipe.</summary>
    protected override void ProcessRecord() => _wishes.Add(new LinkWish(All ? null : NetworkNamespace, Name));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wishes.Count > 0) Attempt(null, Watch);
    }

    private void Watch()
    {
        long deadline = Timeout == TimeSpan.MaxValue ? long.MaxValue : Environment.TickCount64 + (long)Math.Min(Timeout.TotalMilliseconds, long.MaxValue / 2);
        var settings = new WatchSettings
        {
            NetworkNamespaces = [.. _wishes.Select(w => w.NetworkNamespace).Distinct(StringComparer.Ordinal)],
            All = All,
            RefreshInterval = RefreshInterval,
            InitialState = InitialState,
        };
        using var watcher = new LinkWatcher(settings, StopRequested) { Lost = WarnLost, Failed = ReportFailure };
        watcher.Start();
        WriteVerbose($"Watching {watcher.LinkCount} links in {watcher.NamespaceCount} network namespaces.");
        int left = Count;
        while (left > 0 && watcher.Next(deadline) is { } found)
        {
            if (!IsWanted(found, watcher)) continue;
            WriteObject(found);
            left--;
        }
    }

    private bool IsWanted(LinkEvent found, LinkWatcher watcher)
    {
        if (Event is not null && !Event.Contains(found.Event)) return false;
        if (Kind is not null && !string.Equals((found.Link ?? found.Previous)?.Kind, Kind, StringComparison.OrdinalIgnoreCase)) return false;
        return _wishes.Exists(w => w.Matches(found, All ? null : watcher));
    }

    private void WarnLost(string? networkNamespace)
    {
        string place = networkNamespace is null ? string.Empty : $" in network namespace '{networkNamespace}'";
        WriteWarning($"Links changed{place} faster than they were read, and the kernel dropped announcements. What they would have said follows as events marked Resync.");
    }

    private void ReportFailure(string? networkNamespace, Exception failure) =>
        Report(failure as MacvtapException ?? GeneralCauses.Explain((KernelException)failure, networkNamespace));
}
