using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets bridge ports as the kernel has them now.</summary>
[Cmdlet(VerbsCommon.Get, "BridgePort", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(BridgePort))]
public sealed class GetBridgePortCommand : QueryCmdlet<BridgePort>
{
    /// <summary>Only ports of this bridge.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNamespace)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? Bridge { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed)
    {
        int? bridge = Bridge is { } reference ? FindBridge(session, reference) : null;
        foreach (Link link in links)
        {
            if (BridgePortClient.AsPort(link) is not { } port)
            {
                if (isNamed) Report(PortCauses.NotAPort(link, session.Reader));
            }
            else if (bridge is null || port.BridgeIndex == bridge)
            {
                WriteObject(port);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessObject(BridgePort value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, [LinkSelection.Again(session.Reader, value.Link)], true);
    }

    private static int FindBridge(LinkSession session, LinkReference reference) =>
        Find(session, reference, FailureId.LinkNotFound) is BridgeLink bridge
            ? bridge.InterfaceIndex
            : throw new MacvtapException(FailureId.NotBridgeLink, $"{reference} is not a bridge.", "Get-Link -Kind bridge lists the bridges.", reference.ToString());
}
