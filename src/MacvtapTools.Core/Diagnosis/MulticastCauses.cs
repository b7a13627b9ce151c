using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not change which multicast groups a link lets in.</summary>
internal static class MulticastCauses
{
    /// <summary>Explains a refusal.</summary>
    internal static MacvtapException Explain(KernelException failure, Link link) => failure.Errno switch
    {
        Errno.EEXIST => GeneralCauses.Because(failure, FailureId.AddressExists, FailureCause.AddressPresent, "it does so already", $"{link.Command("Get-LinkMulticastGroup")} shows what it lets in, and whether the host itself joined it.", link),
        Errno.ENOENT => GeneralCauses.Because(failure, FailureId.AddressNotFound, FailureCause.AddressMissing, "it did not let it in", $"{link.Command("Get-LinkMulticastGroup")} shows what it lets in.", link),
        Errno.EINVAL => GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.AddressListMissing, "only an Ethernet link has such a list", $"Take the macvtap or macvlan of the guest: Get-Link{CommandText.Place(link.NetworkNamespace)} lists the links.", link),
        Errno.EOPNOTSUPP => GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.AddressListMissing, $"a link of kind {link.Kind ?? "device"} keeps no such list", $"{link.Command("Set-Link", "-AllMulticast $true")} lets all groups in.", link),
        _ => GeneralCauses.Explain(failure, link),
    };

    /// <summary>A bridge takes the address into its forwarding table instead, as one of its own (br_fdb_add), and its list stays as it is.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static void RequireList(Link link)
    {
        if (link is not BridgeLink) return;
        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"{link.Name} is a bridge: it forwards groups between its ports, and has no list of those that it lets in.",
            $"Let the group into the guest's macvtap, or into the host by what joins it (an IP address, a routing daemon). {link.Command("Set-Link", "-AllMulticast $true")} lets the host hear all.",
            link) { Cause = FailureCause.AddressListMissing };
    }

    /// <summary>A group that nobody added by hand: the host's own IP joined it, or a link on top. Without it neighbours might not find them any more (IPv6 has no other way than multicast).</summary>
    internal static MacvtapException JoinedByHost(LinkMulticastGroup group, Link link) => new(
        FailureId.LinkBusy,
        $"Will not take {group.MacAddress}{(group.Group is { } name ? $" ({name})" : string.Empty)} from {link.Name}: the host itself joined it (its IP, or a link on top), and would become deaf to it without noticing.",
        "Switch off what joined it (an IP address, a routing daemon, the upper link), or add -Force.",
        link);
}
