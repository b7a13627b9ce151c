using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether a new macvtap gets a node that can be opened: tried.</summary>
internal sealed class TapNodeCreationCheck() : HostCheckRule("TapNodeCreation", DeviceNodes)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.Probe.IsRefused) return Unknown("Whether a macvtap gets a node in /dev was not tried: it needs a network namespace of its own.", KindCheck.ProbeAdvice, $"unshare(CLONE_NEWNET): {host.Probe.Refusal}");
        if (host.Probe.Node is not { } node) return NotApplicable("No macvtap can be made here, so there is no node to look for.");
        string path = $"a macvtap in a network namespace of its own, node {node.Path}";
        if (node.Found is not { } found)
        {
            return Failed(
                "A macvtap gets no node here: what appears in the kernel's /dev does not appear in this one.",
                "Pass the host's /dev in (podman run -v /dev:/dev), or make nodes by Repair-TapDevice.",
                $"{path}: not there");
        }

        if (!found.IsCharacterDevice) return Failed("Where a macvtap's node should be is something else.", "Look at the evidence.", $"{path}: no character device");
        if (TapMajorCheck.Major(host.Read("/proc/devices") ?? string.Empty) is { } major && major != found.Major)
            return Failed("The node of a new macvtap is another device.", "Look who makes nodes in /dev.", $"{path}: {found.Major}:{found.Minor}, and macvtap is {major}");
        string evidence = $"{path}: {found.Major}:{found.Minor}, open: {(node.Error == Errno.None ? "done" : node.Error)}";
        return node.Error switch
        {
            Errno.None => Passed("A macvtap gets its node at once, and it can be opened.", null, evidence),
            Errno.EPERM => Failed("A macvtap gets its node, and opening it is forbidden, as by the device rules of a container.", "Allow the devices: podman run --device-cgroup-rule 'c MAJOR:* rwm', with the number of TapDeviceNumber; or a /dev mounted without nodev.", evidence),
            Errno.EACCES => Warning("A macvtap gets its node, and the caller may not open it: new nodes are root's alone.", "Grant-TapDevice, run by root, lets users and groups in.", evidence),
            _ => Failed("A macvtap gets its node, and it cannot be opened.", "Look at the evidence.", evidence),
        };
    }
}
