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
public sealed class GetBridgePortCommand : KernelCmdlet
{
    /// <summary>The names of the ports; patterns are taken. All ports where it is left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The interface indexes of the ports.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Ports that another cmdlet gave, to read again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    public BridgePort[] InputObject { get; set; } = [];

    /// <summary>Only ports of this bridge.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? Bridge { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Attempt(index, () => WriteOne(Session(), LinkSelection.ByIndex(Session().Reader, index)));
                break;
            case ParameterSets.InputObject:
                foreach (BridgePort port in InputObject)
                {
                    Attempt(port, () =>
                    {
                        LinkSession session = Session(port.NetworkNamespace);
                        WriteOne(session, LinkSelection.Again(session.Reader, port.Link));
                    });
                }

                break;
            default:
                foreach (string? name in Name ?? [null!]) Attempt(name, () => WriteMatching(Session(), name));
                break;
        }
    }

    private void WriteMatching(LinkSession session, string? name)
    {
        int? bridge = Bridge is { } reference ? FindBridge(session, reference) : null;
        bool isLiteral = name is not null && !WildcardPattern.ContainsWildcardCharacters(name);
        IEnumerable<Link> links = name is null ? LinkSelection.All(session.Reader, null, WarnInterrupted) : LinkSelection.ByName(session.Reader, name, null, WarnInterrupted);
        foreach (Link link in links)
        {
            if (BridgePortClient.AsPort(link) is not { } port)
            {
                if (isLiteral) Report(PortCauses.NotAPort(link, session.Reader));
            }
            else if (bridge is null || port.BridgeIndex == bridge)
            {
                WriteObject(port);
            }
        }
    }

    private void WriteOne(LinkSession session, Link link) => WriteObject(BridgePortClient.AsPort(link) ?? throw PortCauses.NotAPort(link, session.Reader));

    private static int FindBridge(LinkSession session, LinkReference reference) =>
        Find(session, reference, FailureId.LinkNotFound) is BridgeLink bridge
            ? bridge.InterfaceIndex
            : throw new MacvtapException(FailureId.NotBridgeLink, $"{reference} is not a bridge.", "Get-Link -Kind bridge lists the bridges.", reference.ToString());
}
