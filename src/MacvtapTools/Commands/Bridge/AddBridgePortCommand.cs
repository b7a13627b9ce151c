using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Makes links ports of a bridge.</summary>
[Cmdlet(VerbsCommon.Add, "BridgePort", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(BridgePort))]
public sealed class AddBridgePortCommand : LinkChangeCmdlet
{
    /// <summary>The bridge: a name, an index or a link.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Master")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference Bridge { get; set; } = null!;

    /// <summary>Gives the ports back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        Link bridge = Find(session, Bridge, FailureId.LinkNotFound);
        if (bridge is not BridgeLink)
            throw new MacvtapException(FailureId.NotBridgeLink, $"{bridge.Name} is not a bridge.", $"Get-Link -Kind bridge{CommandText.Place(bridge.NetworkNamespace)} lists the bridges; New-BridgeLink makes one.", bridge);
        try
        {
            if (!Proceed(Describe(link), $"Add to bridge {bridge.Name}", () => PortPreflight.CheckAdd(link, bridge, LinkSnapshot.Take(session)))) return;
            BridgePort port = new BridgePortClient(session.Conversation, session.Changer).Add(link, bridge);
            if (link.Master is { } before && link.MasterIndex != bridge.InterfaceIndex)
                WriteWarning($"{link.Name} was a port of {before}. The kernel moved it, and what was set for the port there (hairpin, for example) is lost.");
            if (PassThru) WriteObject(port);
        }
        catch (KernelException failure)
        {
            throw PortCauses.ExplainAdd(failure, link, bridge, session.Reader);
        }
    }
}
