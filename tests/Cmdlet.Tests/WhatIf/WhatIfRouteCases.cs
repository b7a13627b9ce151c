namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Routes. The links have addresses; dn0 is off.</summary>
internal static class WhatIfRouteCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Add = "Add-LinkRoute out0 ";
    private const string Base = "New-VethLink dn0 dn1 -NetworkNamespace {ns} | Out-Null; Add-LinkAddress out0 192.0.2.1/24 -NetworkNamespace {ns}; Add-LinkAddress out0 2001:db8::1/64 -NoDad -NetworkNamespace {ns}";
    private const string Route = Base + "; Add-LinkRoute out0 198.51.100.0/24 -Gateway 192.0.2.9 -NetworkNamespace {ns}";
    private const string Route6 = Base + "; Add-LinkRoute out0 2001:db8:10::/64 -Gateway 2001:db8::9 -NetworkNamespace {ns}";

    internal static IEnumerable<(string Prepare, string Request)> IPv4()
    {
        foreach (string wish in new[]
        {
            "198.51.100.0/24 -Gateway 192.0.2.9", "198.51.100.0/24 -Gateway 192.0.2.8", "198.51.100.0/24 -Gateway 192.0.2.9 -Metric 5", "198.51.100.0/24 -Gateway 192.0.2.9 -Table 99",
            "198.51.100.0/24", "203.0.113.0/24 -Gateway 198.51.100.7", "203.0.113.0/24 -Gateway 198.51.100.7 -OnLink", "default -Gateway 192.0.2.9",
        })
        {
            yield return (Base, Add + wish + Here);
            yield return (Route, Add + wish + Here);
        }

        foreach (string wish in new[]
        {
            "203.0.113.0/24 -Gateway 203.0.113.1", "203.0.113.0/24 -Gateway 192.0.2.1", "203.0.113.0/24 -Gateway 192.0.2.1 -OnLink", "203.0.113.0/24 -Gateway 9.9.9.9 -OnLink",
            "203.0.113.0/24 -Gateway 192.0.2.255", "203.0.113.0/24 -Gateway 192.0.2.255 -OnLink", "203.0.113.0/24 -Gateway 224.0.0.1 -OnLink", "203.0.113.0/24 -Gateway 127.0.0.1",
            "203.0.113.0/24 -PreferredSource 192.0.2.1", "203.0.113.0/24 -PreferredSource 9.9.9.9", "203.0.113.0/24 -PreferredSource 127.0.0.1", "203.0.113.0/24 -PreferredSource 192.0.2.255",
            "203.0.113.0/24 -Gateway 192.0.2.8,192.0.2.9", "203.0.113.0/24 -Gateway 192.0.2.9,192.0.2.9", "203.0.113.0/24 -Gateway 192.0.2.9,203.0.113.1", "203.0.113.0/24 -Gateway 192.0.2.9 -Weight 1,2",
            "203.0.113.0/24 -Gateway fe80::1", "203.0.113.0/24 -Gateway 2001:db8::9", "203.0.113.0/24 -Gateway 2001:db8:77::9", "203.0.113.0/24 -Gateway 2001:db8::1",
            "203.0.113.0/24 -Gateway 192.0.2.9 -NextHop @{ Name = 'dn0'; Gateway = '192.0.2.9' }", "203.0.113.0/24 -NextHop @{ Name = 'eth0' }", "203.0.113.1/24", "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4",
        })
        {
            yield return (Base, Add + wish + Here);
        }

        yield return (Base, "Add-LinkRoute dn0 203.0.113.0/24" + Here);
        yield return (Base, "Add-LinkRoute dn0 203.0.113.0/24 -Gateway 192.0.2.9" + Here);
        yield return (Base, "Add-LinkRoute dn0 203.0.113.0/24 -Gateway 9.9.9.9 -OnLink" + Here);
        yield return (Base, "Add-LinkRoute eth0 203.0.113.0/24 -Gateway 192.0.2.9" + Here);
        yield return (Base, "Add-LinkRoute lo 203.0.113.0/24" + Here);
        yield return (Base, "Add-LinkRoute lo 203.0.113.0/24 -Gateway 127.0.0.1" + Here);
        yield return ("Set-Link lo -Mtu 60" + Here, "Add-LinkRoute lo 203.0.113.0/24" + Here);
        yield return ("", "Add-LinkRoute -Destination 203.0.113.0/24 -Type Blackhole" + Here);
        yield return ("", "Add-LinkRoute -Destination default -Type Unreachable" + Here);
        yield return ("Add-LinkRoute -Destination 203.0.113.0/24 -Type Blackhole" + Here, "Add-LinkRoute -Destination 203.0.113.0/24 -Type Prohibit" + Here);
        yield return (Base + "; Add-LinkRoute -Destination 192.0.2.9/32 -Type Blackhole" + Here, Add + "203.0.113.0/24 -Gateway 192.0.2.9" + Here);
        yield return (Base + "; Add-LinkRoute out0 10.7.0.0/16 -Table 77" + Here, Add + "203.0.113.0/24 -Gateway 10.7.0.1 -Table 77" + Here);
        yield return (Base + "; Add-LinkRoute out0 10.7.0.0/16 -Table 77" + Here, Add + "203.0.113.0/24 -Gateway 10.7.0.1" + Here);
        yield return (Base + "; Add-LinkRoute out0 10.7.0.0/16 -Table 77" + Here + "; $ ip -n {ns} rule add pref 100 table 77", Add + "203.0.113.0/24 -Gateway 10.7.0.1" + Here);
        yield return (Base + "; Disable-Link out0" + Here, Add + "203.0.113.0/24 -Gateway 192.0.2.9" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> IPv6()
    {
        foreach (string wish in new[]
        {
            "2001:db8:10::/64 -Gateway 2001:db8::9", "2001:db8:10::/64 -Gateway 2001:db8::8", "2001:db8:10::/64 -Metric 5", "2001:db8:10::/64 -Metric 1024", "2001:db8:10::/64 -Gateway 2001:db8::9 -Table 99",
            "2001:db8:11::/64 -Gateway 2001:db8:10::5", "2001:db8:11::/64 -Gateway 2001:db8:10::5 -OnLink", "default -Gateway 2001:db8::9",
        })
        {
            yield return (Base, Add + wish + Here);
            yield return (Route6, Add + wish + Here);
        }

        foreach (string wish in new[]
        {
            "2001:db8:11::/64 -Gateway 2001:db8:99::9", "2001:db8:11::/64 -Gateway 2001:db8::1", "2001:db8:11::/64 -Gateway 2001:db8:99::9 -OnLink", "2001:db8:11::/64 -Gateway ff02::1",
            "2001:db8:11::/64 -Gateway ::1", "2001:db8:11::/64 -Gateway fe80::9", "2001:db8:11::/64 -PreferredSource 2001:db8::1", "2001:db8:11::/64 -PreferredSource 2001:db8::2",
            "2001:db8:11::/64 -Gateway 2001:db8::8,2001:db8::9", "2001:db8:11::/64 -Gateway 2001:db8::9,2001:db8::9", "2001:db8:11::/64 -Gateway 2001:db8::9,2001:db8:99::9", "2001:db8:11::/64 -Gateway 192.0.2.9",
            "ff00::/8", "fe80::/64 -Metric 7",
        })
        {
            yield return (Base, Add + wish + Here);
        }

        yield return (Base, "Add-LinkRoute eth0 2001:db8:11::/64 -Gateway 2001:db8::9" + Here);
        yield return (Base, "Add-LinkRoute eth0 2001:db8:11::/64 -Gateway 2001:db8::9 -OnLink" + Here);
        yield return (Base, "Add-LinkRoute dn0 2001:db8:11::/64" + Here);
        yield return (Base, "Add-LinkRoute dn0 2001:db8:11::/64 -Gateway fe80::9" + Here);
        yield return (Base, "Add-LinkRoute dn0 2001:db8:11::/64 -Gateway fe80::9 -OnLink" + Here);
        yield return (Base, "Add-LinkRoute lo 2001:db8:11::/64" + Here);
        yield return (Base, "Add-LinkRoute lo 2001:db8:11::/64 -Gateway fe80::9" + Here);
        yield return ("Set-Link out1 -Mtu 1000" + Here, "Add-LinkRoute out1 2001:db8:11::/64" + Here);
        yield return ("$ ip netns exec {ns} sysctl -qw net.ipv6.conf.out0.disable_ipv6=1", Add + "2001:db8:11::/64" + Here);
        yield return ("$ ip netns exec {ns} sysctl -qw net.ipv6.conf.out0.disable_ipv6=1", Add + "2001:db8:11::/64 -Gateway fe80::9" + Here);
        yield return ("", "Add-LinkRoute -Destination 2001:db8:20::/64 -Type Blackhole" + Here);
        yield return ("Add-LinkRoute -Destination 2001:db8:20::/64 -Type Blackhole" + Here, "Add-LinkRoute -Destination 2001:db8:20::/64 -Type Unreachable" + Here);
        yield return (Base + "; Add-LinkRoute out0 2001:db8:77::/64 -Table 77" + Here + "; $ ip -n {ns} -6 rule add pref 100 table 77", Add + "2001:db8:11::/64 -Gateway 2001:db8:77::1" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Removals()
    {
        yield return (Route, "Remove-LinkRoute out0 198.51.100.0/24" + Here);
        yield return (Route, "Remove-LinkRoute out0 198.51.100.0/24 -Metric 7" + Here);
        yield return (Base, "Remove-LinkRoute out0 198.51.100.0/24" + Here);
        yield return (Route6, "Remove-LinkRoute out0 2001:db8:10::/64" + Here);
        yield return (Base + "; Add-LinkRoute out0 203.0.113.0/24" + Here + "; Add-LinkRoute out0 203.0.113.0/24 -Metric 100" + Here, "Remove-LinkRoute out0 203.0.113.0/24 -Metric 0" + Here);
        yield return (Base + "; $ ip -n {ns} nexthop add id 7 via 192.0.2.9 dev out0; $ ip -n {ns} route add 203.0.113.0/24 nhid 7", "Remove-LinkRoute out0 203.0.113.0/24" + Here);
        yield return (Route + "; $r = Get-LinkRoute out0 -Destination 198.51.100.0/24" + Here + "; Remove-LinkRoute out0 198.51.100.0/24" + Here, "$r | Remove-LinkRoute");
        yield return (Base + "; Add-LinkRoute out0 203.0.113.0/24 -Gateway 192.0.2.8,192.0.2.9" + Here, "Remove-LinkRoute out0 203.0.113.0/24 -Gateway 192.0.2.8" + Here);
        yield return (Base + "; Add-LinkRoute out0 203.0.113.0/24 -Gateway 192.0.2.8,192.0.2.9" + Here, "Remove-LinkRoute out0 203.0.113.0/24" + Here);
    }
}
