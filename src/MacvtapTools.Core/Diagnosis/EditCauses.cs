using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Route;

namespace MacvtapTools.Diagnosis;

/// <summary>Why one of several changes of a link was not made, and what stands now.</summary>
internal static class EditCauses
{
    /// <summary>Explains a failed edit.</summary>
    internal static MacvtapException Explain(LinkEditFailure failure, int changeCount, LinkReader reader)
    {
        MacvtapException cause = failure.Refusal switch
        {
            KernelException refusal => Explain(refusal, failure.Change, reader),
            MacvtapException known => known,
            _ when failure is { Change: PortChange { Attribute: var attribute }, Actual: null } && attribute == PortAttribute.Hairpin => new MacvtapException(
                FailureId.NotBridgePort,
                $"{failure.Change.Link.Name} left its bridge while hairpin was set.",
                $"Get-BridgePort{CommandText.Place(failure.Change.Link.NetworkNamespace)} lists the ports.",
                failure.Change.Link),
            _ => new MacvtapException(
                FailureId.ReadBackMismatch,
                $"The kernel acknowledged {failure.Change.Property} {failure.Change.Wanted} for {failure.Change.Link.Name} and did not take it: it has {failure.Actual ?? "nothing"}.",
                ReadBackAdvice(failure.Change),
                failure.Change.Link),
        };
        if (failure.HasActedRefused) cause = cause.Restate($"{cause.Message} {LeftMaster(failure)}");
        if (changeCount == 1 && failure.Standing.Count == 0) return cause;
        string rest = failure.Standing.Count == 0
            ? "Nothing was changed: what was done before was taken back."
            : $"These changes could not be taken back and stand: {string.Join(", ", failure.Standing.Select(s => $"{s.Property} of {s.Link.Name}"))}.";
        return cause.Restate($"{cause.Message} {rest}");
    }

    /// <summary>The settings of a port come back with it; what a bridge keeps for a port in tables of its own does not.</summary>
    private static string LeftMaster(LinkEditFailure failure)
    {
        Link link = failure.Change.Link;
        string left = $"The kernel released {link.Name} from {link.Master} before it refused";
        return failure.Standing.Contains(failure.Change)
            ? $"{left}, and {link.Name} is not back as it was."
            : $"{left}; {link.Name} was put back, with the settings of the port. Addresses, groups and VLANs that were entered for it there are gone.";
    }

    private static MacvtapException Explain(KernelException refusal, LinkChange change, LinkReader reader)
    {
        Link link = change.Link;
        switch (change)
        {
            case MacAddressChange when refusal.Errno == Errno.EADDRINUSE:
                return AddressOwner.Explain(
                    refusal,
                    change.Wanted as string,
                    LowerDeviceView.Look(reader, link is MacvlanLink { LowerDeviceIndex: { } lower, LowerDeviceNamespaceId: null } ? lower : 0),
                    link,
                    "Give each link of a lower device an address of its own.",
                    link,
                    who => $"that address belongs to {who}");
            case MacAddressChange when refusal.Errno == Errno.EADDRNOTAVAIL:
                return Cause(FailureId.MacAddressInvalid, FailureCause.MacAddressUnusable, "no link can have that address", "Take one whose first byte is even and that is not all zeros, such as 52:54:00:12:34:56.");
            case MacAddressChange when refusal.Errno == Errno.EBUSY:
                return Cause(FailureId.LinkBusy, FailureCause.MacAddressFixedWhileUp, "its address cannot be changed while it is on", $"{link.Command("Disable-Link")} first.");
            case MacAddressChange when refusal.Errno == Errno.EOPNOTSUPP:
                return Cause(FailureId.ParameterInvalid, FailureCause.MacAddressNotChangeable, "such a link has no address that could be changed", link is TapLink ? $"It carries IP packets: New-TapLink -Mode Tap makes one for Ethernet frames." : $"Its driver sets it: make {link.Name} anew with the address, or leave it.");
            case NumberChange when change.Property == nameof(Link.Mtu) && refusal.Errno is Errno.EINVAL or Errno.ERANGE:
                return Mtu(refusal, change, reader);
            case NumberChange when change.Property == nameof(Link.TransmitQueueLength) && (int)change.Wanted! > TransmitRing.Longest && refusal.Errno is Errno.ENOMEM or Errno.EPERM:
                return Cause(
                    FailureId.ParameterInvalid,
                    FailureCause.TransmitQueueTooLong,
                    $"its packets wait in a ring, and the kernel makes none for more than {TransmitRing.Longest}",
                    $"{link.Command("Set-Link", "-TransmitQueueLength 1000")} is usual.",
                    GeneralCauses.Fact(link, nameof(Link.QueueDiscipline), link.QueueDiscipline));
            case AliasChange when refusal.Errno is Errno.EINVAL or Errno.ERANGE:
                return Cause(FailureId.ParameterInvalid, FailureCause.AliasTooLong, "an alias has at most 255 bytes", "Take a shorter one.");
            case MasterChange { Master: { } master }:
                return PortCauses.ExplainAdd(refusal, link, master, reader);
            case ProtocolDownChange when refusal.Errno == Errno.EOPNOTSUPP:
                return Cause(FailureId.ParameterInvalid, FailureCause.ProtocolDownMissing, $"a link of kind {link.Kind ?? "device"} cannot be held down by protodown", $"{link.Command("Disable-Link")} switches it off.");
            case AddressGenerationChange when refusal.Errno == Errno.EAFNOSUPPORT:
                return Cause(FailureId.ParameterInvalid, link.Mtu < 1280 ? FailureCause.MtuTooSmallForIPv6 : FailureCause.IPv6Missing, "the link has no IPv6 (an MTU below 1280, or none in the kernel)", link.Mtu < 1280 ? $"{link.Command("Set-Link", "-Mtu 1280")} or more." : "Test-MacvtapHost shows what this kernel has.");
            case AddressGenerationChange { Mode: var generation } when refusal.Errno == Errno.EINVAL && !Enum.IsDefined(generation):
                return Cause(FailureId.ParameterInvalid, FailureCause.AddressGenerationInvalid, $"{(int)generation} is no way to generate addresses", "Ways are Eui64, None, StablePrivacy and Random.");
            case AddressGenerationChange when refusal.Errno == Errno.EINVAL:
                return Cause(FailureId.ParameterInvalid, FailureCause.StableSecretMissing, "StablePrivacy needs a secret", $"{CommandText.Program($"sysctl -w net.ipv6.conf.{CommandText.Word(link.Name)}.stable_secret=2001:db8::1", link.NetworkNamespace)} first, with random digits of your own.");
            case PortChange { Attribute: var attribute } when refusal.Errno is Errno.ENOENT or Errno.ELOOP && attribute == PortAttribute.BackupPort:
                return Cause(FailureId.NotBridgePort, FailureCause.BackupPortElsewhere, "the backup port is not another port of the same bridge", $"Get-BridgePort -Bridge {CommandText.Word(link.Master ?? "BRIDGE")}{CommandText.Place(link.NetworkNamespace)} lists its ports.");
            case PortChange when refusal.Errno is Errno.EINVAL or Errno.ERANGE:
                return Cause(FailureId.ParameterInvalid, PortCause(change.Property), refusal.KernelText ?? "the kernel does not take that value", PortAdvice(change));
            case PortChange when refusal.Errno == Errno.ENETDOWN:
                return Cause(FailureId.LinkBusy, FailureCause.PortDown, "the port's state cannot be set while the port or its bridge is off", $"{link.Command("Enable-Link")} and its bridge first.");
            case PortChange when refusal.Errno == Errno.EBUSY:
                return Cause(FailureId.LinkBusy, FailureCause.SpanningTreeRuns, "the kernel runs the spanning tree itself and sets the state", $"Set the state only where the bridge runs no spanning tree: {CommandText.For("Set-BridgeLink", link.Master ?? "BRIDGE", link.NetworkNamespace, "-SpanningTree $false")}.");
            case BridgeChange when refusal.Errno is Errno.EINVAL or Errno.ERANGE:
                return Cause(FailureId.ParameterInvalid, FailureCause.BridgeValueInvalid, refusal.KernelText ?? "the kernel does not take that value", "With the spanning tree ForwardDelay is 2 to 30 seconds.");
            case MacvlanChange { Wanted: ModeFlag flag } when refusal.Errno == Errno.EINVAL && ChangeCauses.HasUnknownBits(flag):
                return ChangeCauses.NoFlag(refusal, flag);
            case MacvlanChange when refusal.Errno == Errno.EOVERFLOW:
                return ChangeCauses.Overflow(refusal, link);
            case MacvlanChange when refusal.Errno == Errno.EINVAL:
                return Cause(FailureId.ParameterInvalid, FailureCause.ValueInvalid, "the kernel does not take that value", $"{link.Command("Get-Link")} | Format-List shows the values that it has.");
            default:
                return GeneralCauses.Explain(refusal, link);
        }

        MacvtapException Cause(FailureId id, FailureCause cause, string why, string? advice, params IReadOnlyList<FailureEvidence> evidence) => GeneralCauses.Because(refusal, id, cause, why, advice, link, evidence);
    }

    private static FailureCause PortCause(string property) => property == nameof(BridgePort.MacAuthenticationBypass) ? FailureCause.PortNotLocked : FailureCause.PortValueInvalid;

    private static string PortAdvice(LinkChange change) => change.Property switch
    {
        nameof(BridgePort.MacAuthenticationBypass) => "It needs Locked and Learning, with it or before.",
        nameof(BridgePort.Cost) => "Cost is 1 to 65535.",
        nameof(BridgePort.Priority) => "Priority is 0 to 63.",
        nameof(BridgePort.MulticastRouter) => "MulticastRouter is 0 to 3.",
        _ => $"{change.Link.Command("Get-BridgePort")} shows the values that it has.",
    };

    private static string ReadBackAdvice(LinkChange change) => change switch
    {
        PortChange { Attribute: var attribute } when attribute == PortAttribute.State => "Without the spanning tree the kernel makes a blocking port a forwarding one, and with it sets the states itself: use Disabled.",
        BridgeChange { Property: nameof(BridgeLink.ForwardDelay) } => "The kernel brings it into 2 to 30 seconds.",
        _ => $"{change.Link.Command("Get-Link")} shows what it has.",
    };

    private static MacvtapException Mtu(KernelException refusal, LinkChange change, LinkReader reader)
    {
        Link link = change.Link;
        int wanted = (int)change.Wanted!;
        if (link is MacvlanLink macvlan && PeerFinder.FindLower(macvlan, reader) is { } lower && wanted > lower.Mtu)
        {
            return GeneralCauses.Because(
                refusal,
                FailureId.MtuOutOfRange,
                FailureCause.MtuAboveLowerDevice,
                $"an MTU of {wanted} bytes is above that of its lower device {lower.Name}, {lower.Mtu}",
                $"{lower.Command("Set-Link", $"-Mtu {wanted}")} first, or add -Cascade.",
                link,
                GeneralCauses.Fact(lower, nameof(Link.Mtu), lower.Mtu));
        }

        if (link is MacvlanLink { LowerDeviceNamespaceId: not null } && wanted > link.Mtu && !(wanted > link.MaxMtu))
        {
            return GeneralCauses.Because(
                refusal,
                FailureId.MtuOutOfRange,
                FailureCause.MtuAboveLowerDevice,
                $"an MTU of {wanted} bytes is above that of its lower device{(link.LowerDevice is { } name ? $" {name}" : string.Empty)}, which is in a network namespace that has no name here or may not be entered",
                "Raise the MTU of the lower device there first: -NetworkNamespace takes the id of a process too.",
                link);
        }

        string limits = link.MaxMtu is { } most ? $"{link.MinMtu ?? 0} to {most}" : $"{link.MinMtu ?? 0} or more";
        return GeneralCauses.Because(refusal, FailureId.MtuOutOfRange, FailureCause.MtuOutOfRange, $"{link.Name} takes an MTU of {limits} bytes", $"{link.Command("Set-Link", $"-Mtu {(wanted > link.MaxMtu ? link.MaxMtu : link.MinMtu)}")} is the nearest.", link, GeneralCauses.Fact(link, nameof(Link.MinMtu), link.MinMtu), GeneralCauses.Fact(link, nameof(Link.MaxMtu), link.MaxMtu));
    }
}
