namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Alternative names, source addresses and multicast groups; removals; network namespaces.</summary>
internal static class WhatIfListCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Wan = "Add-LinkAlternativeName out0 wan -NetworkNamespace {ns}";
    private const string Source = "New-MacvlanLink a eth0 -Mode Source -SourceAddress 02:00:00:00:00:01,02:00:00:00:00:02 -NetworkNamespace {ns} | Out-Null";
    private const string Bridge = "New-MacvlanLink a eth0 -Mode Bridge -NetworkNamespace {ns} | Out-Null";

    internal static IEnumerable<(string Prepare, string Request)> Names()
    {
        foreach (string name in new[] { "wan", "eth0", "out0", "uplink", "uplink,uplink", "uplink,eth0", "uplink,wan", "'a b'", new string('x', 127), new string('x', 128) })
        {
            yield return ("", $"Add-LinkAlternativeName out0 {name}{Here}");
            yield return (Wan, $"Add-LinkAlternativeName eth0 {name}{Here}");
            yield return (Wan, $"Remove-LinkAlternativeName out0 {name}{Here}");
            yield return (Wan, $"Remove-LinkAlternativeName eth0 {name}{Here}");
        }

        yield return (Wan, "Remove-LinkAlternativeName out0 wan,wan" + Here);
        yield return ("", "Add-LinkAlternativeName nope wan" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Sources()
    {
        foreach (string before in new[] { Source, Bridge })
        {
            foreach (string address in new[] { "02:00:00:00:00:01", "02:00:00:00:00:09", "02:00:00:00:00:01,02:00:00:00:00:09", "01:00:00:00:00:01", "nope" })
            {
                yield return (before, $"Add-LinkSourceAddress a {address}{Here}");
                yield return (before, $"Remove-LinkSourceAddress a {address}{Here}");
            }

            yield return (before, "Clear-LinkSourceAddress a" + Here);
        }

        yield return ("", "Add-LinkSourceAddress eth0 02:00:00:00:00:01" + Here);
        yield return ("", "Clear-LinkSourceAddress eth0" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Groups()
    {
        const string Joined = "Add-LinkMulticastGroup eth0 224.0.0.5 -NetworkNamespace {ns}";
        foreach (string before in new[] { "", Joined })
        {
            foreach (string link in new[] { "eth0", "lo", "br0" })
            {
                yield return (before, $"Add-LinkMulticastGroup {link} 224.0.0.5{Here}");
                yield return (before, $"Remove-LinkMulticastGroup {link} 224.0.0.5{Here}");
            }
        }

        yield return ("", "Add-LinkMulticastGroup eth0 AllHosts" + Here);
        yield return ("", "Remove-LinkMulticastGroup eth0 AllHosts" + Here);
        yield return ("", "Remove-LinkMulticastGroup eth0 AllHosts -Force" + Here);
        yield return ("", "Add-LinkMulticastGroup eth0 10.0.0.1" + Here);
        yield return ("New-MacvtapLink a eth0 -NetworkNamespace {ns} | Out-Null", "Add-LinkMulticastGroup a mDNS,VRRP" + Here);
        yield return ("New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null", "Add-LinkMulticastGroup t mDNS" + Here);
        yield return ("New-TapLink t -NetworkNamespace {ns} | Out-Null", "Add-LinkMulticastGroup t mDNS" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Removals()
    {
        foreach (string link in new[] { "lo", "eth0", "br0", "p0", "eth0,out0", "eth0,p0", "lo,out0", "nope" }) yield return ("", $"Remove-Link {link}{Here}");
        yield return ("New-MacvtapLink a eth0 -NetworkNamespace {ns} | Out-Null", "Remove-Link a" + Here);
        yield return ("New-TapLink t -NetworkNamespace {ns} | Out-Null", "Remove-Link t" + Here);
        foreach (string link in new[] { "p0", "eth0", "br0", "nope" })
        {
            yield return ("", $"Remove-BridgePort {link}{Here}");
            yield return ("", $"Clear-BridgePortAddress {link}{Here}");
            yield return ("", $"Disable-Hairpin {link}{Here}");
        }
    }

    internal static IEnumerable<(string Prepare, string Request)> Namespaces()
    {
        foreach (string name in new[] { "{new}", "{ns}", "'a/b'", "..", "{new},{ns}", new string('n', 256) })
        {
            yield return ("", $"New-NetworkNamespace {name}");
            yield return ("", $"Remove-NetworkNamespace {name.Replace("{ns}", "{other}", StringComparison.Ordinal)}");
        }

        yield return ("", "New-NetworkNamespace {new} -LoopbackUp");
    }
}
