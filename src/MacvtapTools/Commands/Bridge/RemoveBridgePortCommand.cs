using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Releases ports from their bridges. The links themselves stay.</summary>
[Cmdlet(VerbsCommon.Remove, "BridgePort", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class RemoveBridgePortCommand : BridgePortCmdlet
{
    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, BridgePort port)
    {
        if (!Proceed(Describe(port), $"Release from bridge {port.Bridge}", () => ChangePreflight.CheckRights(BridgePortClient.RemoveOperation(port), LinkSnapshot.Take(session)))) return;
        Link released = Ports(session).Remove(port);
        if (PassThru) WriteObject(released);
    }
}
