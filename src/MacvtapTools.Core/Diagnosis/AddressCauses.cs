using MacvtapTools.Addresses;
using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not give a link an address, or did not take one from it.</summary>
internal static class AddressCauses
{
    private const int SmallestIPv6Mtu = 1280; // RFC 8200 section 5; IPV6_MIN_MTU
    private const int SmallestIPv4Mtu = 68; // RFC 791; IPV4_MIN_MTU

    /// <summary>A new address.</summary>
    internal static MacvtapException ExplainAdd(KernelException failure, Link link, IPPrefix address)
    {
        bool isIPv6 = address.Family == IPFamily.IPv6;
        return failure.Errno switch
        {
            Errno.EEXIST => Cause(FailureId.AddressExists, FailureCause.AddressPresent, "it has that address already", $"{link.Command("Get-LinkAddress")} shows its addresses."),
            _ when isIPv6 && link.Mtu < SmallestIPv6Mtu && (link.Flags & InterfaceFlag.Loopback) == 0 && failure.Errno is not Errno.EPERM => Cause(
                FailureId.ParameterInvalid, FailureCause.MtuTooSmallForIPv6,
                $"its MTU of {link.Mtu} bytes is too small for IPv6, which needs {SmallestIPv6Mtu}",
                $"{link.Command("Set-Link", $"-Mtu {SmallestIPv6Mtu}")} or more."),
            Errno.EACCES when isIPv6 => Cause(FailureId.ParameterInvalid, FailureCause.IPv6SwitchedOff, "IPv6 is switched off on it", SwitchOn(link)),
            Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP when isIPv6 => Cause(FailureId.ParameterInvalid, FailureCause.IPv6Missing, "the kernel has no IPv6", "Take an IPv4 address; Test-MacvtapHost shows what this kernel has."),
            Errno.ENOBUFS when !isIPv6 && link.Mtu < SmallestIPv4Mtu => Cause(FailureId.ParameterInvalid, FailureCause.MtuTooSmallForIPv4, $"its MTU of {link.Mtu} bytes is too small for IPv4, which needs {SmallestIPv4Mtu}", $"{link.Command("Set-Link", $"-Mtu {SmallestIPv4Mtu}")} or more."),
            Errno.EINVAL when failure.KernelText?.Contains("scope", StringComparison.Ordinal) == true => Cause(
                FailureId.AddressInvalid, FailureCause.AddressUnusable,
                "it has addresses of that network with another scope, and a network has one",
                $"{link.Command("Get-LinkAddress")} | Format-List Address, Scope shows them; leave out -Scope, or give theirs."),
            Errno.EADDRNOTAVAIL when isIPv6 && failure.KernelText?.Contains("loopback", StringComparison.Ordinal) == true => Cause(
                FailureId.AddressInvalid, FailureCause.AddressUnusable, $"{address} is the loopback's own address, and no other link can have it", $"{CommandText.For("Add-LinkAddress", "lo", link.NetworkNamespace, address.ToString())} takes it."),
            Errno.EINVAL or Errno.EADDRNOTAVAIL => Cause(FailureId.AddressInvalid, FailureCause.AddressUnusable, failure.KernelText ?? "no link can have that address", $"{link.Command("Get-LinkAddress")} shows what it has; take another address."),
            _ => GeneralCauses.Explain(failure, link),
        };

        MacvtapException Cause(FailureId id, FailureCause cause, string why, string? advice) => GeneralCauses.Because(failure, id, cause, why, advice, link);
    }

    /// <summary>The command that switches IPv6 on.</summary>
    internal static string SwitchOn(Link link) => $"{CommandText.Program($"sysctl -w net.ipv6.conf.{CommandText.Word(link.Name)}.disable_ipv6=0", link.NetworkNamespace)} switches it on.";

    /// <summary>The removal of an address.</summary>
    internal static MacvtapException ExplainRemove(KernelException failure, Link link) => failure.Errno switch
    {
        Errno.EADDRNOTAVAIL => GeneralCauses.Because(failure, FailureId.AddressNotFound, FailureCause.AddressMissing, "it does not have it", $"{link.Command("Get-LinkAddress")} shows its addresses.", link),
        _ => GeneralCauses.Explain(failure, link),
    };

    /// <summary>There is no such address.</summary>
    internal static MacvtapException NotFound(Link link, IPPrefix address, IReadOnlyList<LinkAddress> addresses)
    {
        LinkAddress? other = addresses.FirstOrDefault(a => a.Own.AsSpan().SequenceEqual(address.Bytes));
        return new MacvtapException(
            FailureId.AddressNotFound,
            $"{link.Name} does not have the address {address}{(other is null ? string.Empty : $", but {other}")}.",
            $"{link.Command("Get-LinkAddress")} shows its addresses.",
            link);
    }
}
