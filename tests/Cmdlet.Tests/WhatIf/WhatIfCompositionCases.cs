namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What is made of several links and settings at once.</summary>
internal static class WhatIfCompositionCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Tap = "New-MacvtapLink a eth0 -InterfaceIndex {i1} -NetworkNamespace {ns} | Out-Null";

    internal static IEnumerable<(string Prepare, string Request)> Relays()
    {
        const string Made = "New-ReflectiveRelay r0 -NetworkNamespace {ns} | Out-Null";
        foreach (string wish in new[]
        {
            "r0", "", "r0 -Uplink out0", "r0 -Uplink p0", "r0 -Uplink lo -Force", "r0 -Uplink br0", "r0 -Uplink nope", "r0 -Bridge br0", "r0 -Bridge eth0", "r0 -Bridge br0 -Address 10.9.0.1/24", "r0 -Mtu 67",
            "r0 -Mtu 65536", "r0 -Mtu 1400", "r0 -Address 10.9.0.1/24", "r0 -Address 10.9.0.1/24,10.9.0.1/24", "r0 -Address 10.9.0.1/24,fd00::1/64", "r0 -Mtu 1000 -Address fd00::1/64", "r0 -Address nope",
            "r0 -Address 224.0.0.1", "eth0", "averylongname", "r0 -Bridge br0 -Uplink out0",
        })
        {
            yield return ("", $"New-ReflectiveRelay {wish}{Here}");
        }

        yield return ("Add-LinkAddress out0 10.9.0.1/24" + Here, "New-ReflectiveRelay r0 -Uplink out0" + Here);
        yield return ("Add-LinkAddress out0 10.9.0.1/24" + Here, "New-ReflectiveRelay r0 -Uplink out0 -Force" + Here);
        yield return ("New-MacvlanLink m out0 -NetworkNamespace {ns} | Out-Null", "New-ReflectiveRelay r0 -Uplink out0" + Here);
        yield return ("New-MacvlanLink m out0 -NetworkNamespace {ns} | Out-Null; Move-Link m {other}" + Here, "New-ReflectiveRelay r0 -Uplink out0" + Here);
        yield return ("New-MacvtapLink m out0 -NetworkNamespace {ns} | Out-Null", "New-ReflectiveRelay r0 -Uplink m" + Here);
        yield return ("New-MacvlanLink m br0 -NetworkNamespace {ns} | Out-Null", "New-ReflectiveRelay r0 -Bridge br0 -Uplink m" + Here);
        yield return ("New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null", "New-ReflectiveRelay r0 -Uplink t" + Here);
        yield return ("Set-Link out0 -Mtu 1000" + Here, "New-ReflectiveRelay r0 -Uplink out0 -Address fd00::1/64 -Force" + Here);
        yield return (Made, "New-ReflectiveRelay r0" + Here);
        yield return (Made, "Remove-ReflectiveRelay r0" + Here);
        yield return (Made, "Remove-ReflectiveRelay r0-br" + Here);
        yield return (Made, "Remove-ReflectiveRelay eth0" + Here);
        yield return (Made + "; New-MacvlanLink m r0 -NetworkNamespace {ns} | Out-Null", "Remove-ReflectiveRelay r0" + Here);
        yield return (Made + "; New-MacvlanLink m r0 -NetworkNamespace {ns} | Out-Null", "Remove-ReflectiveRelay r0 -Force" + Here);
        yield return ("New-ReflectiveRelay r0 -Uplink out0 -NetworkNamespace {ns} | Out-Null", "Remove-ReflectiveRelay r0" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> HostLinks()
    {
        const string Furnished = "Add-LinkAddress eth0 10.9.0.1/24 -NetworkNamespace {ns}; Add-LinkAddress eth0 fd00::1/64 -NoDad -NetworkNamespace {ns}; Add-LinkRoute eth0 default -Gateway 10.9.0.254 -NetworkNamespace {ns}";
        foreach (string wish in new[]
        {
            "h eth0", "h p0", "h lo", "h nope", "eth0 out0", "'a b' eth0", "h eth0 -Mtu 9000", "h eth0 -Mtu 1000 -Address fd00::5/64", "h eth0 -Address 10.9.0.5/24", "h eth0 -Address 10.9.0.5/24,10.9.0.5/24", "h eth0 -Address nope",
            "h eth0 -Address 10.9.0.5/24 -Gateway 10.9.0.254", "h eth0 -Gateway 10.9.0.254", "h eth0 -Address 10.9.0.5/24 -Gateway 10.8.0.254", "h eth0 -Address 10.9.0.5/24 -Gateway 10.9.0.5",
            "h eth0 -Address 10.9.0.5/24 -Route 10.8.0.0/16 -Gateway 10.8.0.254", "h eth0 -Route 10.8.0.0/16,10.8.0.0/16", "h eth0 -Address fd00::5/64 -Gateway fd00::fe", "h eth0 -Gateway fd00::fe", "h eth0 -Gateway fe80::1",
            "h eth0 -MacAddress 01:00:00:00:00:01", "h eth0 -MacAddress 02:00:00:00:10:00", "h eth0 -Address 10.9.0.5/24 -Route 10.9.0.0/24",
        })
        {
            yield return ("", $"New-HostLink {wish}{Here}");
        }

        foreach (string wish in new[] { "-MoveAddress", "-Address 10.9.0.1/24", "-MoveAddress -Address 10.9.0.1/24", "-MoveAddress -Address 10.9.0.2/24", "-MoveAddress -Gateway 10.9.0.253", "-Address 10.9.0.5/24 -Gateway 10.9.0.254", "-MoveAddress -Mtu 1000", "-MoveAddress -Gateway fd00::fe" })
            yield return (Furnished, $"New-HostLink h eth0 {wish}{Here}");
        yield return ("New-MacvlanLink m eth0 -Mode Passthru -NetworkNamespace {ns} | Out-Null", "New-HostLink h eth0" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Protection()
    {
        const string Protected = Tap + "; Protect-Link a -BlockDhcpServer -NetworkNamespace {ns}";
        foreach (string rule in new[] { "-BlockDhcpServer", "-AllowSourceAddress Own -Isolate", "-AllowArpFor 10.0.0.5", "-AllowArpFor 10.0.0.0/24", "-AllowSourceAddress nope", "" })
        {
            yield return (Tap, $"Protect-Link a {rule}{Here}");
            yield return (Protected, $"Protect-Link a {rule}{Here}");
        }

        yield return ("", "Protect-Link eth0 -BlockDhcpServer" + Here);
        yield return (Tap + "; $ tc -n {ns} qdisc add dev a ingress", "Protect-Link a -BlockDhcpServer" + Here);
        yield return (Tap + "; $ tc -n {ns} qdisc add dev a clsact", "Protect-Link a -BlockDhcpServer" + Here);
        yield return (Tap + "; $ tc -n {ns} qdisc add dev a ingress_block 7 egress_block 8 clsact", "Protect-Link a -BlockDhcpServer" + Here);
        yield return (Tap, "Unprotect-Link a" + Here);
        yield return (Protected, "Unprotect-Link a" + Here);
        yield return ("", "Unprotect-Link eth0" + Here);
    }
}
