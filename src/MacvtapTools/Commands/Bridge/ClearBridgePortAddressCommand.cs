using System.Management.Automation;
using MacvtapTools.Links;

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
        if (!ShouldProcess(Describe(port), "Forget the learned addresses")) return;
        Ports(session).ForgetAddresses(port);
        if (PassThru) WriteObject(port);
    }
}
