namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether udev runs: then owner, group and mode of a node come a moment after the node.</summary>
internal sealed class UdevCheck() : HostCheckRule("Udev", DeviceNodes)
{
    private const string Control = "/run/udev/control";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host) => host.Look(Control) is null
        ? NotApplicable("udev does not run here: a new node stays root's alone until somebody is let in (Grant-TapDevice).", $"{Control} is not there")
        : Passed("udev runs: owner, group and mode of a node come a moment after the node.", "Wait-TapDevice -Accessible waits for them.", $"{Control} is there");
}
