using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not make a macvlan or macvtap. drivers/net/macvlan.c gives no words with any refusal, and EINVAL for ten different mistakes.</summary>
internal static class CreationCauses
{
    private const ushort ARPHRD_ETHER = 1;
    private const int SmallestMtu = 68;
    private const int LargestMtu = 65535;
    private const int SmallestMtuOfIPv6 = 1280; // RFC 8200; below it the kernel takes IPv6 off a link
    private const int MostQueues = 4096;

    /// <summary>Explains a refusal from what was asked and what is there.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="reader">A reader of the lower device's namespace.</param>
    /// <param name="destination">A reader of the namespace that the link was to be in, where that is another one.</param>
    internal static MacvtapException Explain(KernelException failure, MacvlanSpecification wanted, LinkReader reader, LinkReader? destination = null)
    {
        LowerDeviceView view = LowerDeviceView.Look(reader, wanted.LowerDeviceIndex);
        return failure.Errno switch
        {
            Errno.EINVAL => Invalid(failure, wanted, view),
            Errno.ERANGE => Cause(failure, FailureId.ParameterInvalid, "a value has a size that the kernel does not take", null, wanted.Name),
            Errno.EBUSY => LowerBusy(failure, wanted, view),
            Errno.ENODEV => Cause(failure, FailureId.LowerDeviceNotFound, $"the lower device {wanted.LowerDevice} is gone", "Get-Link shows what is there.", wanted.LowerDevice),
            Errno.EEXIST => Exists(failure, wanted, destination ?? reader),
            Errno.EPERM when destination is not null => Cause(failure, FailureId.AccessDenied, "it needs CAP_NET_ADMIN in the user namespaces that own both network namespaces", null, wanted.Name),
            Errno.EADDRNOTAVAIL => Cause(failure, FailureId.MacAddressInvalid, $"no link can have the MAC address {wanted.MacAddress}", "Leave it out, and the kernel makes one.", wanted.MacAddress),
            Errno.EADDRINUSE => AddressInUse(failure, wanted, view),
            Errno.EOPNOTSUPP => Unsupported(failure, wanted),
            Errno.EAFNOSUPPORT => NoIPv6(failure, wanted, view),
            _ => GeneralCauses.Explain(failure, wanted.Name ?? wanted.LowerDevice),
        };
    }

    /// <summary>EOPNOTSUPP of any creation: mostly that the kernel has no such kind.</summary>
    internal static MacvtapException KindUnsupported(KernelException failure, string kind, object? target) => GeneralCauses.Because(
        failure,
        FailureId.KindNotSupported,
        $"this kernel has no links of kind {kind}",
        $"Load the module (modprobe {kind}), or use a kernel that has it; in a container the host has to load it.",
        target);

    private static MacvtapException Unsupported(KernelException failure, MacvlanSpecification wanted) =>
        failure.KernelText is null or "Unknown device type"
            ? KindUnsupported(failure, wanted.IsTap ? "macvtap" : "macvlan", wanted.Name)
            : GeneralCauses.Explain(failure, wanted.Name);

    private static MacvtapException NoIPv6(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view)
    {
        bool isSmall = (wanted.Mtu ?? view.Lower?.Mtu) < SmallestMtuOfIPv6;
        return Cause(
            failure,
            FailureId.ParameterInvalid,
            isSmall ? $"with an MTU below {SmallestMtuOfIPv6} bytes a link has no IPv6, and no way to generate addresses" : "the kernel has no IPv6 here, and no way to generate addresses",
            $"Leave out -AddressGeneration, or take None{(isSmall ? $", or an MTU of {SmallestMtuOfIPv6} bytes or more" : string.Empty)}.",
            wanted.AddressGeneration);
    }

    /// <summary>EINVAL. The order is the kernel's own: what it looks at first is the cause, whatever else would have been one.</summary>
    private static MacvtapException Invalid(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view) =>
        Impossible(failure, wanted)
        ?? (view.Lower is { } lower ? UnsuitableLower(failure, wanted, lower) : null)
        ?? Conflict(failure, wanted, view.Siblings)
        ?? Remaining(failure, wanted);

    /// <summary>Values that no link can have.</summary>
    private static MacvtapException? Impossible(KernelException failure, MacvlanSpecification wanted)
    {
        if (!Enum.IsDefined(wanted.Mode))
            return Cause(failure, FailureId.ParameterInvalid, $"{(int)wanted.Mode} is no mode", "Modes are Private, Vepa, Bridge, Passthru and Source.", wanted.Mode);
        if (wanted.Flag is { } flag && ChangeCauses.HasUnknownBits(flag)) return ChangeCauses.NoFlag(failure, flag);
        if (failure.KernelText?.Contains("queues", StringComparison.Ordinal) == true)
            return Cause(failure, FailureId.ParameterInvalid, $"{wanted.QueueCount} is no possible number of queues ({failure.KernelText})", $"Take 1 to {MostQueues} queues.", wanted.QueueCount);
        if (wanted.Mtu is < SmallestMtu or > LargestMtu)
            return Cause(failure, FailureId.MtuOutOfRange, $"an MTU of {wanted.Mtu} bytes is not between {SmallestMtu} and {LargestMtu}", null, wanted.Mtu);
        return failure.KernelText is null ? null : Cause(failure, FailureId.ParameterInvalid, null, null, wanted.Name);
    }

    private static MacvtapException? UnsuitableLower(KernelException failure, MacvlanSpecification wanted, Link lower)
    {
        if ((lower.Flags & InterfaceFlag.Loopback) != 0)
            return Cause(failure, FailureId.LowerDeviceUnsuitable, $"{lower.Name} is the loopback device", "Take an Ethernet device, a bridge, or one end of a veth pair.", lower);
        if (lower.Record.HardwareType != ARPHRD_ETHER)
            return Cause(failure, FailureId.LowerDeviceUnsuitable, $"{lower.Name} is not an Ethernet device", "Take an Ethernet device, a bridge, or one end of a veth pair.", lower);
        return wanted.Mtu > lower.Mtu
            ? Cause(
                failure,
                FailureId.MtuOutOfRange,
                $"an MTU of {wanted.Mtu} bytes is above that of {lower.Name}, {lower.Mtu}",
                $"Set-Link {lower.Name} -Mtu {wanted.Mtu} first, or ask for at most {lower.Mtu}.",
                wanted.Mtu)
            : null;
    }

    private static MacvtapException? Conflict(KernelException failure, MacvlanSpecification wanted, IReadOnlyList<MacvlanLink> siblings)
    {
        if (siblings.FirstOrDefault(s => s.Mode == LinkMode.Passthru) is { } owner)
        {
            return Cause(
                failure,
                FailureId.PassthruConflict,
                $"the passthru link {owner.Name} has {owner.LowerDevice ?? wanted.LowerDevice} for itself",
                $"Remove-Link {owner.Name} first, or take another lower device.",
                owner);
        }

        return wanted.Mode == LinkMode.Passthru && siblings.Count > 0
            ? Cause(
                failure,
                FailureId.PassthruConflict,
                $"a passthru link must be alone on its lower device, and {siblings[0].LowerDevice ?? wanted.LowerDevice} has {Names(siblings)}",
                "Remove these first, take another mode, or take another lower device.",
                wanted.LowerDevice)
            : null;
    }

    /// <summary>What is left when nothing that can be seen from here is the cause.</summary>
    private static MacvtapException Remaining(KernelException failure, MacvlanSpecification wanted)
    {
        if (wanted.SourceAddress is not null && wanted.Mode != LinkMode.Source)
            return Cause(failure, FailureId.ParameterInvalid, $"only the mode Source has source addresses, and {wanted.Mode} was asked for", "Add -Mode Source, or leave out -SourceAddress.", wanted.Mode);
        if (wanted.AddressGeneration is { } generation && !Enum.IsDefined(generation))
            return Cause(failure, FailureId.ParameterInvalid, $"{(int)generation} is no way to generate addresses", "Ways are Eui64, None, StablePrivacy and Random.", generation);
        if (wanted.AddressGeneration == AddressGeneration.StablePrivacy)
        {
            return Cause(
                failure,
                FailureId.ParameterInvalid,
                "stable addresses are made from a secret, and this network namespace has none",
                "Set one (sysctl net.ipv6.conf.default.stable_secret=2001:db8::1, with random digits of your own), or take Random or None.",
                wanted.AddressGeneration);
        }

        return Cause(
            failure,
            FailureId.PassthruConflict,
            $"the kernel does not say why, and nothing here stands in the way; most likely {wanted.LowerDevice} has a link in another network namespace, "
            + (wanted.Mode == LinkMode.Passthru ? "beside which there can be no passthru link" : "a passthru link, beside which there can be no other"),
            "Get-Link -NetworkNamespace NAME looks into other namespaces. If there is none, please report it, with the kernel's version and this command.",
            wanted.LowerDevice);
    }

    private static MacvtapException LowerBusy(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view)
    {
        if (view.Lower is { Master: { } master } lower)
        {
            return Cause(
                failure,
                FailureId.LowerDeviceBusy,
                $"{lower.Name} is a port of {master}",
                lower.Record.SlaveKind == BridgePortCodec.SlaveKind ? $"Use -LowerDevice {master}, or Remove-BridgePort {lower.Name} first." : $"Use -LowerDevice {master}.",
                lower);
        }

        return Cause(
            failure,
            FailureId.LowerDeviceBusy,
            $"{wanted.LowerDevice} hands its frames to something else already (Open vSwitch, ipvlan, a bond or team)",
            "Take a lower device that is free: of Open vSwitch an internal port, of a bond the bond itself.",
            wanted.LowerDevice);
    }

    private static MacvtapException Exists(KernelException failure, MacvlanSpecification wanted, LinkReader reader)
    {
        if (wanted.Name is { } name && reader.Find(name) is { } there)
            return Cause(failure, FailureId.LinkExists, $"{name} exists already{Described(there)}", $"Choose another name, or Remove-Link {name} first.", name);
        if (wanted.InterfaceIndex is { } index && reader.Find(index) is { } holder)
            return Cause(failure, FailureId.LinkExists, $"the interface index {index} belongs to {holder.Name}", "Choose another index, or leave it to the kernel.", index);
        return GeneralCauses.Explain(failure, wanted.Name);
    }

    private static MacvtapException AddressInUse(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view)
    {
        string? address = wanted.MacAddress is { } text && HardwareAddress.TryParse(text, out byte[]? bytes) ? HardwareAddress.Format(bytes) : null;
        string who = view.OwnerOf(address)?.Name ?? "another link of the same lower device, in another network namespace";
        return Cause(failure, FailureId.MacAddressInUse, $"the MAC address {address} belongs to {who}", "Give each link of a lower device an address of its own, or leave it to the kernel.", address);
    }

    private static string Described(Link link) => link.Kind is null ? string.Empty : $" (kind {link.Kind}, index {link.InterfaceIndex})";

    private static string Names(IReadOnlyList<MacvlanLink> links) =>
        links.Count <= 3 ? string.Join(", ", links.Select(l => l.Name)) : $"{links[0].Name}, {links[1].Name} and {links.Count - 2} more";

    private static MacvtapException Cause(KernelException failure, FailureId id, string? why, string? advice, object? target) =>
        GeneralCauses.Because(failure, id, why, advice, target);
}
