using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Gets the tap devices of links, says whether the node at the path is really theirs, and who holds them.</summary>
[Cmdlet(VerbsCommon.Get, "TapDevice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(TapDevice))]
public sealed class GetTapDeviceCommand : LinkReadCmdlet
{
    private readonly TapDeviceLocator _locator = new();
    private readonly List<TapDevice> _found = [];
    private bool _isEverything;

    /// <summary>Lists each descriptor of each holder, with flags and vnet header, where the kernel lets the caller see them.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <summary>Only macvtaps that no process holds; and, unless links are named, descriptors of running programs whose link is gone.</summary>
    [Parameter]
    public SwitchParameter Orphaned { get; set; }

    /// <summary>Who holds the devices is asked once for all of them: it means a look at every descriptor of every process.</summary>
    protected override void EndProcessing()
    {
        IReadOnlySet<uint> drivers = Orphaned && _isEverything ? OrphanedDescriptors.Drivers() : new HashSet<uint>();
        if (_found.Count == 0 && drivers.Count == 0) return;
        Attempt(null, () =>
        {
            TapHolderScan scan = TapHolderScanner.Scan(_found.Select(d => d.Device).ToHashSet(), drivers, StopRequested);
            TellLimits(scan);
            foreach (TapDevice device in _found.Select(d => d.With(scan, Detail)))
            {
                if (!Orphaned || (device.Kind == TapDeviceKind.Macvtap && device.Holder is { Count: 0 })) WriteObject(device);
            }

            if (drivers.Count == 0) return;
            foreach (TapDevice gone in OrphanedDescriptors.Find(scan, drivers, Session().Sysfs)) WriteObject(gone);
        });
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed)
    {
        _isEverything |= IsEverything;
        foreach (Link link in links.Where(l => isNamed || l is MacvtapLink or TapLink)) Attempt(link, () => _found.Add(_locator.Locate(session, link)));
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links) => Process(session, links, true);

    private void TellLimits(TapHolderScan scan)
    {
        if (!scan.IsComplete)
        {
            const string Text = "Some processes could not be looked into (it needs CAP_SYS_PTRACE, and sight of all processes): a device without a holder may have one.";
            if (Orphaned) WriteWarning(Text);
            else WriteVerbose(Text);
        }

        int silent = scan.Descriptors.Count(d => !d.IsAsked);
        if (silent == 0) return;
        string limits = $"{silent} descriptors could not be asked what they belong to (it needs the right to trace their process; /proc/sys/kernel/yama/ptrace_scope can forbid it): their holders are not verified.";
        if (Detail || Orphaned) WriteWarning(limits);
        else WriteVerbose(limits);
    }
}
