using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Diagnosis;

/// <summary>Why a classic tun or tap link was not made. The ioctls of drivers/net/tun.c give numbers and no words.</summary>
internal static class TapCreationCauses
{
    internal const int SmallestMtu = 68;
    internal const int LargestMtuOfTap = 65521; // drivers/net/tun.c: MAX_MTU less the Ethernet header
    internal const int LargestMtuOfTun = 65535;

    /// <summary>Explains a refusal.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="reader">A reader of the namespace.</param>
    internal static MacvtapException Explain(KernelException failure, TapSpecification wanted, LinkReader reader)
    {
        switch (failure.Errno)
        {
            case Errno.ENOENT or Errno.ENODEV or Errno.ENXIO when failure.Operation.StartsWith("open ", StringComparison.Ordinal):
                return Cause(
                    FailureId.KindNotSupported, FailureCause.TunDriverMissing,
                    "this host has no tun/tap driver, or a /dev without its node",
                    "Load the module (modprobe tun); in a container the host has to load it, and to pass /dev/net/tun (character device 10:200) in.",
                    wanted.Name);
            case Errno.EACCES or Errno.EPERM when failure.Operation.StartsWith("open ", StringComparison.Ordinal):
                return Cause(FailureId.AccessDenied, FailureCause.TunDeviceNotAllowed, "the device may not be opened for reading and writing", "Ask for permission to the node; in a container the device must be allowed too.", wanted.Name);
            case Errno.EBUSY or Errno.EEXIST:
                return Exists(failure, wanted, reader);
            case Errno.EINVAL or Errno.EOVERFLOW when failure.Operation.Contains("set the ", StringComparison.Ordinal):
                return Cause(FailureId.ParameterInvalid, FailureCause.AccountNotMapped, "the user namespace knows no such id", "Take an id that /proc/self/uid_map or gid_map has.", wanted.Name);
            case Errno.EOPNOTSUPP when failure.KernelText is null:
                return Cause(FailureId.KindNotSupported, FailureCause.TunDriverMissing, "this kernel has no tun/tap driver", "Load the module (modprobe tun); in a container the host has to load it.", wanted.Name);
            case Errno.EINVAL when IsMtuRefusal(failure):
                return NotMade(MtuOutOfRange(failure, wanted, reader), wanted);
            case Errno.ERANGE:
                return NotMade(Cause(FailureId.ParameterInvalid, FailureCause.AliasTooLong, "an alias has at most 255 bytes", "Take a shorter one.", wanted.Name), wanted);
            case Errno.EINVAL:
                return Cause(FailureId.ParameterInvalid, FailureCause.ValueInvalid, "the kernel does not take these settings together, or does not know one of them", "Leave out -MultiQueue, -VnetHeader and -PacketInformation one by one; -Debug shows what was asked.", wanted.Name);
            default:
                return GeneralCauses.Explain(failure, wanted.Name);
        }

        MacvtapException Cause(FailureId id, FailureCause cause, string why, string? advice, object? target) => GeneralCauses.Because(failure, id, cause, why, advice, target);
    }

    /// <summary>Explains a setting that was not taken.</summary>
    internal static MacvtapException Explain(LinkEditFailure failure, TapSpecification wanted, LinkReader reader)
    {
        // The cause of a change names Set-Link, and there is no link to set.
        MacvtapException cause = failure.Refusal is KernelException refusal && IsMtuRefusal(refusal) ? MtuOutOfRange(refusal, wanted, reader) : EditCauses.Explain(failure, 1, reader);
        return NotMade(cause, wanted);
    }

    private static bool IsMtuRefusal(KernelException failure) => failure.KernelText?.StartsWith("mtu ", StringComparison.Ordinal) == true;

    private static MacvtapException NotMade(MacvtapException cause, TapSpecification wanted) => cause.Restate($"{cause.Message} The {wanted.Label} was not made.", wanted.Name);

    private static MacvtapException MtuOutOfRange(KernelException failure, TapSpecification wanted, LinkReader reader)
    {
        (string name, int largest) = (wanted.Name ?? "the new link", wanted.Mode == TapMode.Tun ? LargestMtuOfTun : LargestMtuOfTap);
        return GeneralCauses.Because(
            failure,
            FailureId.MtuOutOfRange,
            FailureCause.MtuOutOfRange,
            $"{name} takes an MTU of {SmallestMtu} to {largest} bytes",
            $"Take {SmallestMtu} to {largest}.",
            wanted.Name,
            new FailureEvidence(name, nameof(Link.MinMtu), SmallestMtu, reader.NetworkNamespace),
            new FailureEvidence(name, nameof(Link.MaxMtu), largest, reader.NetworkNamespace));
    }

    private static MacvtapException Exists(KernelException failure, TapSpecification wanted, LinkReader reader)
    {
        if (wanted.Name is { } name && reader.Find(name) is { } there)
        {
            return GeneralCauses.Because(
                failure,
                FailureId.LinkExists, NameCauses.Taken(there, name),
                $"{name} exists already{(there.Kind is { } kind ? $" (kind {kind}, index {there.InterfaceIndex})" : string.Empty)}",
                $"Choose another name, or {there.Command("Remove-Link")} first.",
                name);
        }

        return wanted.InterfaceIndex is { } index && reader.Find(index) is { } holder
            ? GeneralCauses.Because(failure, FailureId.LinkExists, FailureCause.IndexTaken, $"the interface index {index} belongs to {holder.Name}", "Choose another -InterfaceIndex, or leave it out, and the kernel gives a free one.", index)
            : GeneralCauses.Explain(failure, wanted.Name);
    }
}
