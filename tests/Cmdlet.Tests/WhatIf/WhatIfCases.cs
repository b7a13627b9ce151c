using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Requests of every writer, those that the kernel accepts and those that it refuses, each with the lines that prepare it.</summary>
internal static class WhatIfCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Quiet = " | Out-Null";

    /// <summary>What is prepared, and the request. In the preparation "$ " stands before a program of the host.</summary>
    internal static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> rows = [];
            IEnumerable<(string Prepare, string Request)>[] all =
            [
                Creations(), Modes(), Addresses(), Others(), Changes(), Ports(), Moves(),
                WhatIfAddressCases.Addresses(), WhatIfAddressCases.Forwarding(), WhatIfRouteCases.IPv4(), WhatIfRouteCases.IPv6(), WhatIfRouteCases.Removals(),
                WhatIfListCases.Names(), WhatIfListCases.Sources(), WhatIfListCases.Groups(), WhatIfListCases.Removals(), WhatIfListCases.Namespaces(),
                WhatIfTapCases.Access(), WhatIfTapCases.Nodes(), WhatIfTapCases.Frames(), WhatIfTapCases.Guests(), WhatIfTapCases.Files(),
                WhatIfCompositionCases.Relays(), WhatIfCompositionCases.HostLinks(), WhatIfCompositionCases.Protection(),
            ];
            foreach ((string prepare, string request) in all.SelectMany(a => a)) rows.Add(prepare, request);
            return rows;
        }
    }

    private static IEnumerable<(string Prepare, string Request)> Creations()
    {
        foreach (string kind in new[] { "Macvtap", "Macvlan" })
        {
            string make = $"New-{kind}Link ";
            string Line(string rest) => make + rest + Here;
            foreach (string mode in new[] { "Private", "Vepa", "Bridge", "Passthru", "Source" }) yield return ("", Line($"a eth0 -Mode {mode} -Up"));
            foreach (string first in new[] { "Private", "Passthru", "Source" })
            {
                foreach (string second in new[] { "Bridge", "Passthru" }) yield return (Line($"a eth0 -Mode {first}") + Quiet, Line($"b eth0 -Mode {second}"));
            }

            yield return ("", Line("a lo"));
            yield return ("", Line("a p0"));
            yield return ("", Line("a br0 -Up"));
            yield return ("", Line("eth0 out0"));
            yield return ("", Line("a eth0 -InterfaceIndex 12"));
            yield return ("", Line("a eth0 -InterfaceIndex {i1}"));
            yield return ("", Line("a eth0 -InterfaceIndex 0"));
            yield return ("", Line("a%d eth0"));
            yield return ("", Line("'a b' eth0"));
            yield return ("", Line("a eth0 -Mtu 9000"));
            yield return ("", Line("a eth0 -Mtu 1500"));
            yield return ("", Line("a eth0 -Mtu 67"));
            yield return ("", Line("a eth0 -Mtu -1"));
            yield return ("", Line("a eth0 -Mtu 70000"));
            yield return ("", Line("a eth0 -Mtu 1000"));
            yield return ("", Line("a eth0 -QueueCount 5000"));
            yield return ("", Line("a eth0 -QueueCount 0"));
            yield return ("", Line("a eth0 -Mode 3"));
            yield return ("", Line("a eth0 -Flag 4"));
            yield return ("", Line("a eth0 -Flag NoDestination -Mode Source"));
            yield return ("", Line("a eth0 -SourceAddress 02:00:00:00:00:01"));
            yield return ("", Line("a eth0 -Mode Source -SourceAddress 02:00:00:00:00:01"));
            yield return ("", Line($"a eth0 -Alias {new string('x', 256)}"));
            yield return ("", Line($"a eth0 -Alias {new string('x', 255)}"));
            yield return ("Add-LinkAlternativeName out0 wan" + Here, Line("wan eth0"));
            yield return ("New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null", Line("a t"));
            yield return ("", $"{make}a far0 -LowerDeviceNamespace {{other}} -Up{Here}");
            yield return ("", $"{make}eth0 far0 -LowerDeviceNamespace {{other}}{Here}");
            yield return ("", $"{make}far0 far0 -LowerDeviceNamespace {{other}}{Here}");
            yield return ("", $"{make}a far0 -LowerDeviceNamespace {{other}} -InterfaceIndex 12{Here}");
            yield return (Line("a eth0 -Mode Passthru") + Quiet + "; Move-Link a {other}" + Here, Line("b eth0"));
            yield return (Line("a eth0") + Quiet + "; Move-Link a {other}" + Here, Line("b eth0 -Mode Passthru"));
        }

        yield return ("", "New-MacvtapLink a eth0 -Mtu 1000 -AddressGeneration Eui64" + Here);
        yield return ("", "New-MacvtapLink a eth0 -AddressGeneration Eui64" + Here);
        yield return ("", "New-MacvtapLink a eth0 -AddressGeneration 9" + Here);
        yield return ("New-MacvlanLink a eth0 -NetworkNamespace {ns} | Out-Null", "New-MacvtapLink b a -Mode Passthru" + Here);
    }

    private static IEnumerable<(string Prepare, string Request)> Modes()
    {
        string[] modes = ["Private", "Vepa", "Bridge", "Passthru", "Source"];
        foreach (string from in modes)
        {
            foreach (string to in modes) yield return ($"New-MacvtapLink a eth0 -Mode {from}{Here} | Out-Null", $"Set-LinkMode a {to}" + Here);
        }

        const string Bridge = "New-MacvlanLink a eth0 -Mode Bridge -NetworkNamespace {ns} | Out-Null";
        const string Owner = "New-MacvlanLink a eth0 -Mode Passthru -NetworkNamespace {ns} | Out-Null";
        yield return (Bridge, "Set-LinkMode a 3" + Here);
        yield return (Bridge, "Set-LinkMode a Bridge -Flag 8" + Here);
        yield return (Bridge, "Set-LinkMode a Source -SourceAddress 02:00:00:00:00:01" + Here);
        yield return (Bridge, "Set-LinkMode a Source -SourceAddress 03:00:00:00:00:01" + Here);
        yield return (Bridge, "Set-LinkMode a Bridge -SourceAddress 02:00:00:00:00:01" + Here);
        yield return ("", "Set-LinkMode eth0 Bridge" + Here);
        yield return (Owner, "Set-LinkMode a Passthru -Flag NoPromiscuous" + Here);
        yield return (Owner + "; Enable-Link a" + Here, "Set-LinkMode a Passthru -Flag NoPromiscuous" + Here);
    }

    private static IEnumerable<(string Prepare, string Request)> Addresses()
    {
        const string Up = "New-MacvlanLink a eth0 -MacAddress 02:00:00:00:00:0a -Up -NetworkNamespace {ns} | Out-Null";
        const string Down = "New-MacvlanLink a eth0 -MacAddress 02:00:00:00:00:0a -NetworkNamespace {ns} | Out-Null";
        const string Away = Down + "; Move-Link a {other} -NetworkNamespace {ns}; Enable-Link a -NetworkNamespace {other}";
        const string Second = "New-MacvlanLink b eth0 -MacAddress 02:00:00:00:00:0a ";
        foreach (string before in new[] { Up, Down, Away })
        {
            yield return (before, Second + "-Up" + Here);
            yield return (before, Second + Here);
            yield return (before + "; " + Second + Here + " | Out-Null", "Enable-Link b" + Here);
            yield return (before + "; New-MacvlanLink b eth0 -Up" + Here + " | Out-Null", "Set-Link b -MacAddress 02:00:00:00:00:0a" + Here);
            yield return (before + "; New-MacvlanLink b eth0" + Here + " | Out-Null", "Set-Link b -MacAddress 02:00:00:00:00:0a" + Here);
        }

        yield return ("", "New-MacvtapLink a eth0 -MacAddress 02:00:00:00:10:00 -Up" + Here);
        yield return ("", "New-MacvtapLink a eth0 -MacAddress 02:00:00:00:10:00" + Here);
        yield return ("", "New-MacvtapLink a eth0 -MacAddress 02:00:00:00:10:00 -Mode Passthru -Up" + Here);
        yield return ("", "New-MacvtapLink a eth0 -MacAddress 01:00:00:00:00:01" + Here);
        yield return ("", "New-MacvtapLink a eth0 -MacAddress 00:00:00:00:00:00" + Here);
        yield return (Up, "Set-Link a -MacAddress 02:00:00:00:10:00" + Here);
        yield return (Down, "Set-Link a -MacAddress 02:00:00:00:10:00" + Here);
        yield return (Up, "Set-Link eth0 -MacAddress 02:00:00:00:00:0a" + Here);
        yield return ("New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null", "Set-Link t -MacAddress 02:00:00:00:00:01" + Here);
    }

    private static IEnumerable<(string Prepare, string Request)> Others()
    {
        yield return ("", "New-VethLink a b -Up" + Here);
        yield return ("", "New-VethLink eth0 b" + Here);
        yield return ("", "New-VethLink a eth0" + Here);
        yield return ("", "New-VethLink a a" + Here);
        yield return ("", "New-VethLink 'a%d' 'a%d'" + Here);
        yield return ("", "New-VethLink a b -Mtu 67" + Here);
        yield return ("", "New-VethLink a b -Mtu 65536" + Here);
        yield return ("", "New-VethLink a b -Mtu 65535" + Here);
        yield return ("", "New-VethLink a far0 -PeerNetworkNamespace {other}" + Here);
        yield return ("", "New-VethLink a b -PeerNetworkNamespace {other}" + Here);
        yield return ("", "New-VethLink a b -PeerNetworkNamespace {new}" + Here);
        yield return ("", "New-VethLink a b -MacAddress 01:00:00:00:00:00" + Here);
        yield return ("", "New-VethLink a b -PeerMacAddress 01:00:00:00:00:00" + Here);
        yield return ("", "New-BridgeLink b -Up" + Here);
        yield return ("", "New-BridgeLink br0" + Here);
        yield return ("", "New-BridgeLink b -Mtu 65536" + Here);
        yield return ("", "New-BridgeLink b -Mtu 1" + Here);
        yield return ("", "New-BridgeLink b -MacAddress 01:00:00:00:00:00" + Here);
        yield return ("", "New-TapLink t -Up" + Here);
        yield return ("", "New-TapLink eth0" + Here);
        yield return ("Add-LinkAlternativeName out0 wan" + Here, "New-TapLink wan" + Here);
        yield return ("", "New-TapLink t -InterfaceIndex 10" + Here);
        yield return ("", "New-TapLink t -Mtu 65522" + Here);
        yield return ("", "New-TapLink t -Mtu 65521" + Here);
        yield return ("", "New-TapLink t -Mode Tun -Mtu 65535" + Here);
        yield return ("", "New-TapLink t -Mtu 67" + Here);
        yield return ("", $"New-TapLink t -Alias {new string('x', 256)}" + Here);
        yield return ("", "New-TapLink t -Mode Tun -MacAddress 02:00:00:00:00:01" + Here);
    }

    private static IEnumerable<(string Prepare, string Request)> Changes()
    {
        const string Child = "New-MacvtapLink a eth0 -NetworkNamespace {ns} | Out-Null";
        yield return (Child, "Set-Link a -Mtu 9000" + Here);
        yield return (Child, "Set-Link a -Mtu 9000 -Cascade" + Here);
        yield return (Child, "Set-Link a -Mtu 1400" + Here);
        yield return (Child, "Set-Link a -Mtu 60" + Here);
        yield return (Child, "Set-Link eth0 -Mtu 70000" + Here);
        yield return (Child, "Set-Link eth0 -Mtu 1300" + Here);
        yield return (Child, $"Set-Link a -Alias {new string('x', 256)}" + Here);
        yield return (Child, "Set-Link a -Flag 4" + Here);
        yield return (Child, "Set-Link a -Flag NoDestination -BroadcastQueueLength 5" + Here);
        yield return (Child, "Set-Link a -AddressGeneration Eui64" + Here);
        yield return (Child, "Set-Link a -AddressGeneration 9" + Here);
        yield return (Child + "; Set-Link a -Mtu 1000" + Here, "Set-Link a -AddressGeneration Eui64" + Here);
        yield return (Child, "Set-Link a -TransmitQueueLength 10000000" + Here);
        yield return (Child + "; Enable-Link a" + Here, "Set-Link a -TransmitQueueLength 10000000" + Here);
        yield return (Child + "; Enable-Link a" + Here, "Set-Link a -TransmitQueueLength 1000" + Here);
        yield return ("", "Set-Link eth0 -TransmitQueueLength 10000000" + Here);
        yield return (Child, "Set-Link a -ProtocolDown $true" + Here);
        yield return ("", "Set-Link eth0 -ProtocolDown $true" + Here);
        yield return ("$ ip -n {ns} link add ifb9 type ifb", "Set-Link ifb9 -MacAddress 02:00:00:00:00:01" + Here);
        yield return ("$ ip -n {ns} link add ifb9 type ifb", "Set-Link ifb9 -Master br0" + Here);
        yield return ("", "Set-Link out0 -Flag NoDestination" + Here);
        yield return ("", "Set-Link out0 -Mtu 1400 -Alias x -Master eth0" + Here);
        yield return ("", "Set-Link out0 -Mtu 1400 -Alias x -Master br0" + Here);
        yield return ("", "Set-Link out0 -NoMaster" + Here);
        yield return ("", "Rename-Link out0 wan" + Here);
        yield return ("", "Rename-Link out0 eth0" + Here);
        yield return ("", "Rename-Link out0 out0" + Here);
        yield return ("", "Rename-Link out0 'a/b'" + Here);
        yield return ("Add-LinkAlternativeName eth0 wan" + Here, "Rename-Link out0 wan" + Here);
        yield return ("", "Rename-Link nope wan" + Here);
        yield return ("", "Rename-Link out0 all" + Here);
        yield return ("", "New-VethLink default b" + Here);
        yield return ("", "Set-BridgeLink br0 -ForwardDelay 1" + Here);
        yield return ("Set-BridgeLink br0 -SpanningTree $true" + Here, "Set-BridgeLink br0 -ForwardDelay 1" + Here);
        yield return ("Set-BridgeLink br0 -SpanningTree $true" + Here, "Set-BridgeLink br0 -ForwardDelay 4" + Here);
        foreach (string link in new[] { "eth0", "lo", "nope" })
        {
            yield return ("", $"Disable-Link {link}{Here}");
            yield return ("", $"Enable-Link {link}{Here}");
        }
    }

    private static IEnumerable<(string Prepare, string Request)> Ports()
    {
        yield return ("", "Add-BridgePort out0 br0" + Here);
        yield return ("", "Add-BridgePort p0 br0" + Here);
        yield return ("", "Add-BridgePort lo br0" + Here);
        yield return ("", "Add-BridgePort out0 eth0" + Here);
        yield return ("New-BridgeLink b2 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort b2 br0" + Here);
        yield return ("New-BridgeLink b2 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort out1 b2" + Here);
        yield return ("New-MacvtapLink a out0 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort a br0" + Here);
        yield return ("New-MacvlanLink a out0 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort a br0" + Here);
        yield return ("New-MacvlanLink a br0 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort a br0" + Here);
        yield return ("New-MacvlanLink a out0 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort out0 br0" + Here);
        yield return ("New-MacvlanLink a out0 -NetworkNamespace {ns} | Out-Null; Move-Link a {other} -NetworkNamespace {ns}", "Add-BridgePort out0 br0" + Here);
        yield return ("New-TapLink t -NetworkNamespace {ns} | Out-Null", "Add-BridgePort t br0" + Here);
        yield return ("New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null", "Add-BridgePort t br0" + Here);
        yield return ("", "Set-BridgePort p0 -Cost 0" + Here);
        yield return ("", "Set-BridgePort p0 -Cost 65536" + Here);
        yield return ("", "Set-BridgePort p0 -Cost 65535" + Here);
        yield return ("", "Set-BridgePort p0 -Priority 64" + Here);
        yield return ("", "Set-BridgePort p0 -Priority 63" + Here);
        yield return ("", "Set-BridgePort p0 -MulticastRouter 4" + Here);
        yield return ("", "Set-BridgePort p0 -MulticastRouter 2" + Here);
        yield return ("", "Set-BridgePort p0 -MulticastHostLimit 0" + Here);
        yield return ("", "Set-BridgePort p0 -GroupForwardMask 2" + Here);
        yield return ("", "Set-BridgePort p0 -GroupForwardMask 8" + Here);
        yield return ("", "Set-BridgePort p0 -MacAuthenticationBypass $true" + Here);
        yield return ("", "Set-BridgePort p0 -MacAuthenticationBypass $true -Locked $true" + Here);
        yield return ("Set-BridgePort p0 -MacAuthenticationBypass $true -Locked $true" + Here, "Set-BridgePort p0 -Locked $false" + Here);
        yield return ("", "Set-BridgePort p0 -BackupPort out1" + Here);
        yield return ("", "Set-BridgePort p0 -BackupPort out0" + Here);
        yield return ("", "Set-BridgePort p0 -BackupPort p0" + Here);
        yield return ("", "Set-BridgePort p0 -State Disabled" + Here);
        yield return ("", "Set-BridgePort p0 -State Learning" + Here);
        yield return ("", "Set-BridgePort p0 -State 7" + Here);
        yield return ("Disable-Link p0" + Here, "Set-BridgePort p0 -State Disabled" + Here);
        yield return ("Disable-Link eth0" + Here, "Set-BridgePort p0 -State Disabled" + Here);
        yield return ("Disable-Link eth0" + Here, "Set-BridgePort p0 -State Forwarding" + Here);
        yield return ("Set-BridgeLink br0 -SpanningTree $true" + Here, "Set-BridgePort p0 -State Disabled" + Here);
        yield return ("", "Set-BridgePort p0 -Isolated $true -Cost 70000" + Here);
        yield return ("", "Enable-Hairpin p0" + Here);
        yield return ("", "Enable-Hairpin eth0" + Here);
    }

    private static IEnumerable<(string Prepare, string Request)> Moves()
    {
        yield return ("", "Move-Link out0 {other}" + Here);
        yield return ("", "Move-Link out0 {ns}" + Here);
        yield return ("", "Move-Link out0 {ns} -NewInterfaceIndex 777" + Here);
        yield return ("", "Move-Link out0 {ns} -NewName wan" + Here);
        yield return ("", "Move-Link out0 {ns} -NewName eth0" + Here);
        yield return ("", "Move-Link out0 {new}" + Here);
        yield return ("", "Move-Link out0 {other} -NewName far0" + Here);
        yield return ("", "Move-Link out0 {other} -NewName wan" + Here);
        yield return ("", "Move-Link out0 {other} -NewInterfaceIndex 20" + Here);
        yield return ("", "Move-Link lo {other}" + Here);
        yield return ("", "Move-Link br0 {other}" + Here);
        yield return ("Rename-Link out0 far0" + Here, "Move-Link far0 {other}" + Here);
        yield return ("Add-LinkAlternativeName out0 far0" + Here, "Move-Link out0 {other}" + Here);
        yield return ("New-MacvtapLink a out0 -NetworkNamespace {ns} | Out-Null", "Move-Link a {other}" + Here);
        yield return ("New-TapLink t -NetworkNamespace {ns} | Out-Null", "Move-Link t {other}" + Here);
    }
}
