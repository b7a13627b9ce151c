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
    private const int LongestAlias = 255;

    /// <summary>Explains a refusal from what was asked and what is there.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="reader">A reader of the lower device's namespace.</param>
    /// <param name="destination">A reader of the namespace that the link was to be in, where that is another one.</param>
    internal static MacvtapException Explain(KernelException failure, MacvlanSpecification wanted, LinkReader reader, LinkReader? destination = null) =>
        Explain(failure, wanted, LowerDeviceView.Look(reader, wanted.LowerDeviceIndex), reader, destination);

    /// <summary>The same, over what was seen already.</summary>
    internal static MacvtapException Explain(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view, LinkReader reader, LinkReader? destination = null)
    {
        return failure.Errno switch
        {
            Errno.ERANGE or Errno.EINVAL when wanted.Alias is { } alias && System.Text.Encoding.UTF8.GetByteCount(alias) > LongestAlias && failure.Operation.EndsWith("set the alias", StringComparison.Ordinal) =>
                Cause(failure, FailureId.ParameterInvalid, FailureCause.AliasTooLong, "an alias has at most 255 bytes", "Take a shorter one.", wanted.Name),
            Errno.ERANGE => Cause(failure, FailureId.ParameterInvalid, FailureCause.ValueInvalid, "a value has a size that the kernel does not take", "-Debug shows what was asked, attribute by attribute.", wanted.Name),
            Errno.EINVAL => Invalid(failure, wanted, view),
            Errno.EBUSY => LowerBusy(failure, wanted, view),
            Errno.ENODEV => Cause(failure, FailureId.LowerDeviceNotFound, FailureCause.LowerDeviceMissing, $"the lower device {wanted.LowerDevice} is gone", $"Get-Link{CommandText.Place(reader.NetworkNamespace)} shows what is there.", wanted.LowerDevice),
            Errno.EEXIST => Exists(failure, wanted, destination ?? reader),
            Errno.EPERM when destination is not null => Cause(failure, FailureId.AccessDenied, FailureCause.CapabilityMissingInEither, "it needs CAP_NET_ADMIN in the user namespaces that own both network namespaces", GeneralCauses.RootAdvice, wanted.Name),
            Errno.EADDRNOTAVAIL => Cause(failure, FailureId.MacAddressInvalid, FailureCause.MacAddressUnusable, $"no link can have the MAC address {wanted.MacAddress}", "Leave -MacAddress out, and the kernel makes one.", wanted.MacAddress),
            Errno.EADDRINUSE => AddressInUse(failure, wanted, view),
            Errno.EOPNOTSUPP => Unsupported(failure, wanted),
            Errno.EAFNOSUPPORT => NoIPv6(failure, wanted, view),
            _ => GeneralCauses.Explain(failure, wanted.Name ?? wanted.LowerDevice),
        };
    }

    /// <summary>EOPNOTSUPP of any creation: mostly that the kernel has no such kind.</summary>
    internal static MacvtapException KindUnsupported(KernelException failure, string kind, object? target) => GeneralCauses.Because(
        failure,
        FailureId.KindNotSupported, FailureCause.KindMissing,
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
            FailureId.ParameterInvalid, isSmall ? FailureCause.MtuTooSmallForIPv6 : FailureCause.IPv6Missing,
            isSmall ? $"with an MTU below {SmallestMtuOfIPv6} bytes a link has no IPv6, and no way to generate addresses" : "the kernel has no IPv6 here, and no way to generate addresses",
            $"Leave out -AddressGeneration, or take None{(isSmall ? $", or an MTU of {SmallestMtuOfIPv6} bytes or more" : string.Empty)}.",
            wanted.AddressGeneration);
    }

    /// <summary>EINVAL. The order is the kernel's own: what it looks at first is the cause, whatever else would have been one.</summary>
    private static MacvtapException Invalid(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view) =>
        Impossible(failure, wanted)
        ?? (view.Lower is { } lower ? UnsuitableLower(failure, wanted, lower) : null)
        ?? Conflict(failure, wanted, view)
        ?? Remaining(failure, wanted);

    /// <summary>Values that no link can have.</summary>
    private static MacvtapException? Impossible(KernelException failure, MacvlanSpecification wanted)
    {
        if (!Enum.IsDefined(wanted.Mode))
            return Cause(failure, FailureId.ParameterInvalid, FailureCause.ModeInvalid, $"{(int)wanted.Mode} is no mode", "Modes are Private, Vepa, Bridge, Passthru and Source.", wanted.Mode);
        if (wanted.Flag is { } flag && ChangeCauses.HasUnknownBits(flag)) return ChangeCauses.NoFlag(failure, flag);
        if (failure.KernelText?.Contains("queues", StringComparison.Ordinal) == true)
            return Cause(failure, FailureId.ParameterInvalid, FailureCause.QueueCountOutOfRange, $"{wanted.QueueCount} is no possible number of queues ({failure.KernelText})", $"Take 1 to {MostQueues} queues.", wanted.QueueCount);
        if (wanted.Mtu is < SmallestMtu or > LargestMtu)
            return Cause(failure, FailureId.MtuOutOfRange, FailureCause.MtuOutOfRange, $"an MTU of {wanted.Mtu} bytes is not between {SmallestMtu} and {LargestMtu}", $"Leave -Mtu out, and it is that of the lower device; or take {SmallestMtu} to {LargestMtu}.", wanted.Mtu);
        return failure.KernelText is null ? null : Cause(failure, FailureId.ParameterInvalid, FailureCause.ValueInvalid, null, "-Debug shows what was asked, attribute by attribute.", wanted.Name);
    }

    private static MacvtapException? UnsuitableLower(KernelException failure, MacvlanSpecification wanted, Link lower)
    {
        if ((lower.Flags & InterfaceFlag.Loopback) != 0)
            return Cause(failure, FailureId.LowerDeviceUnsuitable, FailureCause.LowerDeviceIsLoopback, $"{lower.Name} is the loopback device", $"Take an Ethernet device, a bridge, or one end of a veth pair; Get-Link{CommandText.Place(lower.NetworkNamespace)} lists the links.", lower, GeneralCauses.Fact(lower, nameof(Link.Kind), lower.Kind));
        if (lower.Record.HardwareType != ARPHRD_ETHER)
            return Cause(failure, FailureId.LowerDeviceUnsuitable, FailureCause.LowerDeviceNotEthernet, $"{lower.Name} is not an Ethernet device", $"Take an Ethernet device, a bridge, or one end of a veth pair; Get-Link{CommandText.Place(lower.NetworkNamespace)} lists the links.", lower, GeneralCauses.Fact(lower, nameof(Link.Kind), lower.Kind));
        return wanted.Mtu > lower.Mtu
            ? Cause(
                failure,
                FailureId.MtuOutOfRange,
                FailureCause.MtuAboveLowerDevice,
                $"an MTU of {wanted.Mtu} bytes is above that of {lower.Name}, {lower.Mtu}",
                $"{lower.Command("Set-Link", $"-Mtu {wanted.Mtu}")} first, or ask for at most {lower.Mtu}.",
                wanted.Mtu,
                GeneralCauses.Fact(lower, nameof(Link.Mtu), lower.Mtu))
            : null;
    }

    private static MacvtapException? Conflict(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view)
    {
        MacvlanLink[] siblings = [.. view.AllSiblings];
        if (siblings.FirstOrDefault(s => s.Mode == LinkMode.Passthru) is { } owner)
        {
            return Cause(
                failure,
                FailureId.PassthruConflict,
                FailureCause.PassthruOwner,
                $"the passthru link {owner.Name}{Place(owner, view)} has {owner.LowerDevice ?? wanted.LowerDevice} for itself",
                $"{owner.Command("Remove-Link")} first, or take another lower device.",
                owner,
                GeneralCauses.Fact(owner, nameof(MacvlanLink.Mode), owner.Mode));
        }

        return wanted.Mode == LinkMode.Passthru && siblings.Length > 0
            ? Cause(
                failure,
                FailureId.PassthruConflict,
                FailureCause.PassthruNotAlone,
                $"a passthru link must be alone on its lower device, and {siblings[0].LowerDevice ?? wanted.LowerDevice} has {Names(siblings, view)}",
                $"{siblings[0].Command("Remove-Link")}{(siblings.Length > 1 ? " and the others" : string.Empty)} first, take another mode, or take another lower device.",
                wanted.LowerDevice,
                [.. siblings.Select(s => GeneralCauses.Fact(s, nameof(MacvlanLink.Mode), s.Mode))])
            : null;
    }

    /// <summary>What is left when nothing that can be seen from here is the cause.</summary>
    private static MacvtapException Remaining(KernelException failure, MacvlanSpecification wanted)
    {
        if (wanted.SourceAddress is not null && wanted.Mode != LinkMode.Source)
            return Cause(failure, FailureId.ParameterInvalid, FailureCause.NotInSourceMode, $"only the mode Source has source addresses, and {wanted.Mode} was asked for", "Add -Mode Source, or leave out -SourceAddress.", wanted.Mode);
        if (wanted.AddressGeneration is { } generation && !Enum.IsDefined(generation))
            return Cause(failure, FailureId.ParameterInvalid, FailureCause.AddressGenerationInvalid, $"{(int)generation} is no way to generate addresses", "Ways are Eui64, None, StablePrivacy and Random.", generation);
        if (wanted.AddressGeneration == AddressGeneration.StablePrivacy)
        {
            return Cause(
                failure,
                FailureId.ParameterInvalid,
                FailureCause.StableSecretMissing,
                "stable addresses are made from a secret, and this network namespace has none",
                "Set one (sysctl net.ipv6.conf.default.stable_secret=2001:db8::1, with random digits of your own), or take Random or None.",
                wanted.AddressGeneration);
        }

        return Cause(
            failure,
            FailureId.PassthruConflict,
            FailureCause.PassthruUnseen,
            $"the kernel does not say why, and nothing that can be seen stands in the way; most likely {wanted.LowerDevice} has a link in another network namespace, one without a name, "
            + (wanted.Mode == LinkMode.Passthru ? "beside which there can be no passthru link" : "a passthru link, beside which there can be no other"),
            "Get-Link -NetworkNamespace PID looks into the namespace of a process. If there is none, please report it, with the kernel's version and this command.",
            wanted.LowerDevice);
    }

    private static MacvtapException LowerBusy(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view)
    {
        if (view.Lower is { Master: { } master } lower)
        {
            return Cause(
                failure,
                FailureId.LowerDeviceBusy,
                lower.Record.SlaveKind == BridgePortCodec.SlaveKind ? FailureCause.LowerDeviceIsBridgePort : FailureCause.LowerDeviceHasMaster,
                $"{lower.Name} is a port of {master}",
                lower.Record.SlaveKind == BridgePortCodec.SlaveKind ? $"Use -LowerDevice {CommandText.Word(master)}, or {lower.Command("Remove-BridgePort")} first." : $"Use -LowerDevice {CommandText.Word(master)}.",
                lower,
                GeneralCauses.Fact(lower, nameof(Link.Master), master));
        }

        return Cause(
            failure,
            FailureId.LowerDeviceBusy,
            FailureCause.LowerDeviceTakenOver,
            view.OtherTaker is { } taker ? $"{wanted.LowerDevice} hands its frames to {taker.Name}{Place(taker, view)}, of kind {taker.Kind}" : $"{wanted.LowerDevice} hands its frames to something else already (Open vSwitch, ipvlan, a bond or team)",
            "Take a lower device that is free: of Open vSwitch an internal port, of a bond the bond itself.",
            wanted.LowerDevice,
            view.OtherTaker is { } it ? [GeneralCauses.Fact(it, nameof(Link.Kind), it.Kind)] : []);
    }

    private static MacvtapException Exists(KernelException failure, MacvlanSpecification wanted, LinkReader reader)
    {
        if (wanted.Name is { } name && reader.Find(name) is { } there)
            return Cause(failure, FailureId.LinkExists, NameCauses.Taken(there, name), $"{name} exists already{Described(there)}", $"Choose another name, or {there.Command("Remove-Link")} first.", name, GeneralCauses.Fact(there, nameof(Link.InterfaceIndex), there.InterfaceIndex));
        if (wanted.InterfaceIndex is { } index && reader.Find(index) is { } holder)
            return Cause(failure, FailureId.LinkExists, FailureCause.IndexTaken, $"the interface index {index} belongs to {holder.Name}", "Choose another -InterfaceIndex, or leave it out, and the kernel gives a free one.", index, GeneralCauses.Fact(holder, nameof(Link.InterfaceIndex), index));
        return GeneralCauses.Explain(failure, wanted.Name);
    }

    private static MacvtapException AddressInUse(KernelException failure, MacvlanSpecification wanted, LowerDeviceView view)
    {
        string? address = wanted.MacAddress is { } text && HardwareAddress.TryParse(text, out byte[]? bytes) ? HardwareAddress.Format(bytes) : null;
        return AddressOwner.Explain(failure, address, view, null, "Give each link of a lower device an address of its own, or leave -MacAddress out, and the kernel makes one.", address, who => $"the MAC address {address} belongs to {who}");
    }

    private static string Described(Link link) => link.Kind is null ? string.Empty : $" (kind {link.Kind}, index {link.InterfaceIndex})";

    private static string Names(MacvlanLink[] links, LowerDeviceView view) => links.Length <= 3
        ? string.Join(", ", links.Select(l => l.Name + Place(l, view)))
        : $"{links[0].Name}{Place(links[0], view)}, {links[1].Name}{Place(links[1], view)} and {links.Length - 2} more";

    private static bool IsElsewhere(Link link, LowerDeviceView view) => link.NetworkNamespace is { } name && name != view.Lower?.NetworkNamespace;

    private static string Place(Link link, LowerDeviceView view) => IsElsewhere(link, view) ? $" in network namespace {link.NetworkNamespace}" : string.Empty;

    private static MacvtapException Cause(KernelException failure, FailureId id, FailureCause cause, string? why, string? advice, object? target, params IReadOnlyList<FailureEvidence> evidence) =>
        GeneralCauses.Because(failure, id, cause, why, advice, target, evidence);
}
