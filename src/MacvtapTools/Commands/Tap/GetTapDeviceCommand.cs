using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Gets the tap devices of macvtap links, and says whether the node at the path is really theirs.</summary>
[Cmdlet(VerbsCommon.Get, "TapDevice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(TapDevice))]
public sealed class GetTapDeviceCommand : KernelCmdlet
{
    private const string Macvtap = "macvtap";

    private readonly TapDeviceLocator _locator = new();
    private readonly List<TapDevice> _found = [];

    /// <summary>The names of the links; patterns are taken. All macvtaps where it is left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The interface indexes of the links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Links that another cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    public Link[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Attempt(index, () => Locate(Session(), LinkSelection.ByIndex(Session().Reader, index)));
                break;
            case ParameterSets.InputObject:
                foreach (Link link in InputObject)
                {
                    Attempt(link, () =>
                    {
                        LinkSession session = Session(link.NetworkNamespace);
                        Locate(session, LinkSelection.Again(session.Reader, link));
                    });
                }

                break;
            default:
                foreach (string? name in Name ?? [null!]) Attempt(name, () => LocateMatching(Session(), name));
                break;
        }
    }

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

    private void LocateMatching(LinkSession session, string? name)
    {
        bool isLiteral = name is not null && !WildcardPattern.ContainsWildcardCharacters(name);
        IEnumerable<Link> links = name is null ? LinkSelection.All(session.Reader, Macvtap, WarnInterrupted) : LinkSelection.ByName(session.Reader, name, isLiteral ? null : Macvtap, WarnInterrupted);
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
