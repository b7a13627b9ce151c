namespace MacvtapTools.Cmdlet.Tests;

/// <summary>IP addresses and forwarding settings.</summary>
internal static class WhatIfAddressCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Give = "Add-LinkAddress out0 ";
    private const string IPv6Off = "$ ip netns exec {ns} sysctl -qw net.ipv6.conf.out0.disable_ipv6=1";

    internal static IEnumerable<(string Prepare, string Request)> Addresses()
    {
        const string Present = "Add-LinkAddress out0 192.0.2.1/24 -NetworkNamespace {ns}";
        const string Present6 = "Add-LinkAddress out0 2001:db8::1/64 -NoDad -NetworkNamespace {ns}";
        const string Peer = "Add-LinkAddress out0 10.0.0.1 -Peer 10.0.0.2 -NetworkNamespace {ns}";
        foreach (string address in new[] { "192.0.2.1/24", "192.0.2.1/25", "192.0.2.2/24", "192.0.2.2/24 -Scope Link", "192.0.2.2/24 -Scope Global", "198.51.100.1/24 -Scope Link", "192.0.2.2/24 -Label out0:x" })
        {
            yield return ("", Give + address + Here);
            yield return (Present, Give + address + Here);
        }

        yield return (Peer, Give + "10.0.0.1 -Peer 10.0.0.2" + Here);
        yield return (Peer, Give + "10.0.0.1 -Peer 10.0.0.3" + Here);
        yield return (Peer, Give + "10.0.0.9 -Peer 10.0.0.2" + Here);
        yield return (Peer, Give + "10.0.0.1/32" + Here);
        yield return (Present, "Add-LinkAddress eth0 192.0.2.1/24" + Here);
        yield return ("", Give + "192.0.2.1/24, 192.0.2.2/24" + Here);
        yield return ("", Give + "0.0.0.0/24" + Here);
        yield return ("", Give + "224.0.0.1/24" + Here);
        yield return ("", Give + "10.1/8" + Here);
        yield return ("", Give + "192.0.2.1/33" + Here);
        yield return ("", "Add-LinkAddress nope 192.0.2.1/24" + Here);
        yield return ("Set-Link lo -Mtu 60" + Here, "Add-LinkAddress lo 127.0.0.9/8" + Here);
        yield return ("Set-Link lo -Mtu 68" + Here, "Add-LinkAddress lo 127.0.0.9/8" + Here);
        foreach (string address in new[] { "2001:db8::1/64", "2001:db8::1/48", "2001:db8::2/64", "::1/128", "fe80::9/64" })
        {
            yield return ("", Give + address + Here);
            yield return (Present6, Give + address + Here);
            yield return (IPv6Off, Give + address + Here);
            yield return ("Set-Link out0 -Mtu 1279" + Here, Give + address + Here);
        }

        yield return ("Set-Link lo -Mtu 1000" + Here, "Add-LinkAddress lo 2001:db8::1/64" + Here);
        yield return ("$ ip netns exec {ns} sysctl -qw net.ipv6.conf.lo.disable_ipv6=1", "Add-LinkAddress lo 2001:db8::1/64" + Here);
        yield return (Present, "Remove-LinkAddress out0 192.0.2.1/24" + Here);
        yield return (Present, "Remove-LinkAddress out0 192.0.2.1/25" + Here);
        yield return (Present + "; " + Give + "192.0.2.2/24" + Here, "Remove-LinkAddress out0 192.0.2.1/24" + Here);
        yield return ("", "Remove-LinkAddress out0 192.0.2.1/24" + Here);
        yield return (Present6, "Remove-LinkAddress out0 2001:db8::1/64" + Here);
        yield return (Present6, "Remove-LinkAddress out0 2001:db8::2/64" + Here);
        yield return (Peer, "Remove-LinkAddress out0 10.0.0.1/32" + Here);
        yield return (Present + "; $a = Get-LinkAddress out0" + Here + " | Where-Object Family -eq IPv4; Remove-LinkAddress out0 192.0.2.1/24" + Here, "$a | Remove-LinkAddress");
        yield return (Present6 + "; $a = Get-LinkAddress out0" + Here + " | Where-Object IPAddress -eq 2001:db8::1; Remove-LinkAddress out0 2001:db8::1/64" + Here, "$a | Remove-LinkAddress");
    }

    internal static IEnumerable<(string Prepare, string Request)> Forwarding()
    {
        yield return ("", "Set-LinkForwarding out0 -IPv4Forwarding $true" + Here);
        yield return ("", "Set-LinkForwarding out0 -IPv6Forwarding $true -ProxyArp $true" + Here);
        yield return ("", "Set-LinkForwarding -AllLinks -IPv4Forwarding $true" + Here);
        yield return ("", "Set-LinkForwarding -AllLinks -IPv6Forwarding $true" + Here);
        yield return ("", "Set-LinkForwarding out0" + Here);
        yield return ("Set-Link out0 -Mtu 1000" + Here, "Set-LinkForwarding out0 -IPv6Forwarding $true" + Here);
        yield return ("Set-Link out0 -Mtu 1000" + Here, "Set-LinkForwarding out0 -IPv4Forwarding $true -IPv6Forwarding $true" + Here);
        yield return ("", "Set-LinkForwarding nope -IPv4Forwarding $true" + Here);
    }
}
