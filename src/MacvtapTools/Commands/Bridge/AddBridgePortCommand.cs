using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
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
        BridgePort port;
        try
        {
            if (!Proceed(Describe(link), $"Add to bridge {bridge.Name}", () => PortPreflight.CheckAdd(link, bridge, LinkSnapshot.Take(session)))) return;
            bool hasOther = link.MasterIndex is { } master && master != bridge.InterfaceIndex;
            port = hasOther ? Move(session, link, bridge) : new BridgePortClient(session.Conversation, session.Changer).Add(link, bridge);
        }
        catch (KernelException failure)
        {
            throw PortCauses.ExplainAdd(failure, link, bridge, session.Reader);
        }

        if (PassThru) WriteObject(port);
    }

    /// <summary>From one bridge to another. Where that is refused, the link stays what it was, or is put back.</summary>
    private BridgePort Move(LinkSession session, Link link, Link bridge)
    {
        LinkChange[] changes = [new MasterChange(link, bridge)];
        PortPreflight.CheckAdd(link, bridge, LinkSnapshot.Take(session));
        if (session.Editor.Apply(changes, out Link? moved) is { } failure) throw EditCauses.Explain(failure, changes.Length, session.Reader);
        WriteWarning($"{link.Name} was a port of {link.Master}. The kernel moved it, and what was set for the port there (hairpin, for example) is lost.");
        return BridgePortClient.AsPort(moved!) ?? throw new KernelException(Errno.EPROTO, $"add {link.Name} to {bridge.Name}", "the kernel acknowledged and shows no port");
    }
}
