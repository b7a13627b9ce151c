using MacvtapTools.Interop;
using MacvtapTools.Taps;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether /dev/net/tun can be used.</summary>
internal sealed class TunNodeCheck() : HostCheckRule("TunNode", DeviceNodes)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        const string Path = TunNode.Path;
        if (host.Look(Path) is not { } found) return Warning($"There is no {Path}: classic taps cannot be made or opened.", "modprobe tun; in a container pass it in (podman run --device /dev/net/tun).", $"{Path} is not there");
        string number = $"{Path}: {found.Major}:{found.Minor}";
        if (!found.IsCharacterDevice || new DeviceNumber(found.Major, found.Minor) != TapDescriptorProbe.Classic) return Failed($"{Path} is another device.", "Make it anew: mknod /dev/net/tun c 10 200.", number);
        Errno error = host.TryOpen(Path);
        string evidence = $"{number}, open: {(error == Errno.None ? "done" : error)}";
        return error switch
        {
            Errno.None => Passed($"{Path} can be opened.", null, evidence),
            Errno.EACCES or Errno.EPERM => Warning($"{Path} may not be opened by the caller.", "Ask for permission to it; in a container the device has to be allowed too.", evidence),
            _ => Warning($"{Path} has no driver behind it.", "modprobe tun, on the host.", evidence),
        };
    }
}
