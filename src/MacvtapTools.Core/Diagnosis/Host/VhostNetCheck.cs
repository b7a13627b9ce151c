using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether /dev/vhost-net can be used: QEMU's vhost=on.</summary>
internal sealed class VhostNetCheck() : HostCheckRule("VhostNet", DeviceNodes)
{
    private const string Path = "/dev/vhost-net";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.Look(Path) is not { } found) return Warning($"There is no {Path}: guests work without vhost, and slower.", "modprobe vhost_net; or leave vhost off.", $"{Path} is not there");
        Errno error = host.TryOpen(Path);
        string evidence = $"{Path}: {found.Major}:{found.Minor}, open: {(error == Errno.None ? "done" : error)}";
        return error switch
        {
            Errno.None => Passed($"{Path} can be opened.", null, evidence),
            Errno.EACCES or Errno.EPERM => Warning($"{Path} may not be opened by the caller.", "Be in its group (often kvm); in a container the device has to be allowed too.", evidence),
            _ => Warning($"{Path} cannot be used.", "modprobe vhost_net.", evidence),
        };
    }
}
