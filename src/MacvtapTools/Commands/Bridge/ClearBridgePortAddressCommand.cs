using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Lets bridges forget the MAC addresses that they learned at ports. Addresses that were entered by hand stay.</summary>
[Cmdlet(VerbsCommon.Clear, "BridgePortAddress", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(BridgePort))]
public sealed class ClearBridgePortAddressCommand : BridgePortCmdlet
{
    /// <summary>Gives the ports back.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, BridgePort port)
    {
        if (!Proceed(Describe(port), "Forget the learned addresses", () => ChangePreflight.CheckRights(BridgePortClient.ForgetOperation(port), LinkSnapshot.Take(session)))) return;
        Ports(session).ForgetAddresses(port);
        if (PassThru) WriteObject(port);
    }
}
