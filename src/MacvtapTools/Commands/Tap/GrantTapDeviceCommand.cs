using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Lets users and groups open tap devices, and nobody else.</summary>
[Cmdlet(VerbsSecurity.Grant, "TapDevice", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(TapDevice))]
public sealed class GrantTapDeviceCommand : TapAccessCmdlet
{
    /// <summary>Insists on access for everybody.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Check()
    {
        if (!Everyone || Force) return;
        throw new MacvtapException(
            FailureId.WorldAccessRefused,
            "With -Everyone, every user and every program of this machine could receive the guest's frames and send in its name.",
            "Name the one user that the guest runs as: -User. If everybody is meant, say so with -Force.",
            null);
    }

    private protected override string Question(TapAccessChange change) => $"Let {change} {(change.IsOwnership ? "own it, and " : string.Empty)}{Verb(change.Access)}";

    private protected override void Check(TapDevice device, LinkSession session, TapAccessChange change) => TapAccessEditor.CheckGrant(device, session.Sysfs, change);

    private protected override void Apply(TapDevice device, LinkSession session, TapAccessChange change) => TapAccessEditor.Grant(device, session.Sysfs, change);

    private static string Verb(TapAccess access) => access switch
    {
        TapAccess.Read => "receive from it",
        TapAccess.Write => "send by it",
        _ => "send and receive by it",
    };
}
