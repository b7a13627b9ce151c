using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Takes back what Grant-TapDevice gave.</summary>
[Cmdlet(VerbsSecurity.Revoke, "TapDevice", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(TapDevice))]
public sealed class RevokeTapDeviceCommand : TapAccessCmdlet
{
    private protected override string Question(TapAccessChange change) => $"Take {change.Access} from {change}{(change.IsOwnership ? ", and give the node back to root" : string.Empty)}";

    private protected override void Check(TapDevice device, LinkSession session, TapAccessChange change) => TapAccessEditor.CheckRevoke(device, session.Sysfs, change);

    private protected override void Apply(TapDevice device, LinkSession session, TapAccessChange change) => TapAccessEditor.Revoke(device, session.Sysfs, change);
}
