using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Gets the tap devices of macvtap links, and says whether the node at the path is really theirs.</summary>
[Cmdlet(VerbsCommon.Get, "TapDevice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(TapDevice))]
public sealed class GetTapDeviceCommand : LinkReadCmdlet
{
    private const string Macvtap = "macvtap";

    private readonly TapDeviceLocator _locator = new();
    private readonly List<TapDevice> _found = [];

    private protected override string? ListedKind => Macvtap;

    /// <summary>Who holds the devices is asked once for all of them: it means a look at every descriptor of every process.</summary>
    protected override void EndProcessing()
    {
        if (_found.Count == 0) return;
        Attempt(null, () =>
        {
            TapHolderScan scan = TapHolderScanner.Scan(_found.Select(d => d.Device).ToHashSet(), StopRequested);
            if (!scan.IsComplete) WriteVerbose("Some processes could not be looked into (it needs CAP_SYS_PTRACE, and sight of all processes): a device without a holder may have one.");
            foreach (TapDevice device in _found) WriteObject(device.With(scan));
        });
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        foreach (Link link in links) Attempt(link, () => Locate(session, link));
    }

    private void Locate(LinkSession session, Link link)
    {
        if (link is not MacvtapLink)
        {
            throw new MacvtapException(
                FailureId.NotMacvtapLink,
                $"{link.Name} has no tap device: it is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}, not a macvtap.",
                link is TapLink ? "A classic tap is opened through /dev/net/tun." : "Get-Link -Kind macvtap lists those that have.",
                link);
        }

        _found.Add(_locator.Locate(link.Name, link.InterfaceIndex, session.Sysfs, session.Reader.NetworkNamespace));
    }
}
