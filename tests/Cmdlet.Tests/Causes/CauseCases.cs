using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>One refusal of the running kernel for each cause that it can be brought to: what is prepared, the request, the cause, a fact of the evidence, a part of the advice.</summary>
internal static class CauseCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Vlan = "New-MacvlanLink a eth0 -MacAddress 02:00:00:00:00:0a -Up -NetworkNamespace {ns} | Out-Null";
    private const string Tun = "New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null";
    private const string ToOther = "; Move-Link a {other} -NetworkNamespace {ns}";
    private const string Stp = "Set-BridgeLink br0 -SpanningTree $true -NetworkNamespace {ns}";

    internal static TheoryData<string, string, FailureCause, string, string> All => new()
    {
        { "", "New-MacvtapLink a p0" + Here, FailureCause.LowerDeviceIsBridgePort, "p0 in network namespace {ns}: Master br0", "-LowerDevice br0" },
        { "", "New-MacvtapLink a lo" + Here, FailureCause.LowerDeviceIsLoopback, "lo in", "Ethernet device" },
        { Tun, "New-MacvtapLink a t" + Here, FailureCause.LowerDeviceNotEthernet, "t in network namespace {ns}: Kind tun", "Ethernet device" },
        { "", "New-MacvtapLink a nope" + Here, FailureCause.LowerDeviceMissing, "", "Get-Link" },
        { "New-MacvtapLink a eth0 -Mode Passthru" + Here + " | Out-Null", "New-MacvtapLink b eth0" + Here, FailureCause.PassthruOwner, "a in network namespace {ns}: Mode Passthru", "Remove-Link a first" },
        { "New-MacvtapLink a eth0 -Mode Passthru" + Here + " | Out-Null" + ToOther, "New-MacvtapLink b eth0" + Here, FailureCause.PassthruOwner, "a in network namespace {other}: Mode Passthru", "Remove-Link a -NetworkNamespace {other} first" },
        { Vlan, "New-MacvtapLink b eth0 -Mode Passthru" + Here, FailureCause.PassthruNotAlone, "a in network namespace {ns}: Mode Vepa", "another lower device" },
        { Vlan + ToOther, "New-MacvtapLink b eth0 -Mode Passthru" + Here, FailureCause.PassthruNotAlone, "a in network namespace {other}: Mode Vepa", "another lower device" },
        { "", "New-MacvtapLink a eth0 -Mtu 9000" + Here, FailureCause.MtuAboveLowerDevice, "eth0 in network namespace {ns}: Mtu 1500", "Set-Link eth0 -Mtu 9000 first" },
        { Vlan, "Set-Link a -Mtu 9000" + Here, FailureCause.MtuAboveLowerDevice, "eth0 in network namespace {ns}: Mtu 1500", "-Cascade" },
        { "", "New-MacvtapLink a eth0 -Mtu 60" + Here, FailureCause.MtuOutOfRange, "", "" },
        { "", "Set-Link eth0 -Mtu 70000" + Here, FailureCause.MtuOutOfRange, "eth0 in network namespace {ns}: MaxMtu 65535", "" },
        { Vlan, "New-MacvlanLink b eth0 -MacAddress 02:00:00:00:00:0a -Up" + Here, FailureCause.MacAddressOfSibling, "a in network namespace {ns}: MacAddress 02:00:00:00:00:0a", "address of its own" },
        { Vlan + ToOther + "; Enable-Link a -NetworkNamespace {other}", "New-MacvlanLink b eth0 -MacAddress 02:00:00:00:00:0a -Up" + Here, FailureCause.MacAddressOfSibling, "a in network namespace {other}: MacAddress 02:00:00:00:00:0a", "address of its own" },
        { "", "New-MacvlanLink b eth0 -MacAddress 02:00:00:00:10:00 -Up" + Here, FailureCause.MacAddressOfLowerDevice, "eth0 in network namespace {ns}: MacAddress", "address of its own" },
        { Tun, "Set-Link t -MacAddress 02:00:00:00:00:01" + Here, FailureCause.MacAddressNotChangeable, "", "" },
        { "", "New-MacvlanLink b eth0 -MacAddress 01:00:00:00:00:00" + Here, FailureCause.MacAddressUnusable, "", "00:00:00:00:00:00" },
        { "", "New-MacvlanLink eth0 out0" + Here, FailureCause.NameTaken, "eth0 in network namespace {ns}: InterfaceIndex 10", "Choose another name" },
        { "Add-LinkAlternativeName out0 wan" + Here, "New-MacvlanLink wan eth0" + Here, FailureCause.AlternativeNameTaken, "out0 in", "Choose another name" },
        { "Add-LinkAlternativeName out0 wan" + Here, "Rename-Link eth0 wan" + Here, FailureCause.AlternativeNameTaken, "", "Choose another name" },
        { "", "New-MacvlanLink a eth0 -InterfaceIndex 12" + Here, FailureCause.IndexTaken, "br0 in network namespace {ns}: InterfaceIndex 12", "another index" },
        { "", "Move-Link out0 {other} -NewInterfaceIndex 20" + Here, FailureCause.IndexTaken, "", "another one" },
        { "", "New-BridgeLink 'a b'" + Here, FailureCause.NameInvalid, "", "15 bytes" },
        { "", "Remove-LinkAlternativeName eth0 nope" + Here, FailureCause.AlternativeNameMissing, "", "AlternativeName" },
        { "", "New-MacvlanLink a eth0 -QueueCount 5000" + Here, FailureCause.QueueCountOutOfRange, "", "4096" },
        { "", $"New-MacvlanLink a eth0 -Alias {new string('x', 256)}" + Here, FailureCause.AliasTooLong, "", "" },
        { "", "New-MacvlanLink a eth0 -SourceAddress 02:00:00:00:00:01" + Here, FailureCause.NotInSourceMode, "", "-Mode Source" },
        { Vlan, "Add-LinkSourceAddress a 02:00:00:00:00:01" + Here, FailureCause.NotInSourceMode, "", "Set-LinkMode a Source" },
        { Vlan, "Set-LinkMode a Passthru" + Here, FailureCause.PassthruIsFixed, "a in network namespace {ns}: Mode Vepa", "Make it anew" },
        { "New-MacvlanLink a eth0 -Mode Passthru" + Here + " | Out-Null", "Set-LinkMode a Passthru -Flag NoPromiscuous" + Here, FailureCause.PromiscuityDefect, "", "Enable-Link a" },
        { "", "New-MacvtapLink a eth0 -AddressGeneration StablePrivacy" + Here, FailureCause.StableSecretMissing, "", "stable_secret" },
        { "", "New-MacvtapLink a eth0 -AddressGeneration Eui64 -Mtu 1000" + Here, FailureCause.MtuTooSmallForIPv6, "", "1280" },
        { "", "Set-Link eth0 -ProtocolDown $true" + Here, FailureCause.ProtocolDownMissing, "", "" },
        { "New-MacvtapLink a out0" + Here + " | Out-Null", "Add-BridgePort a br0" + Here, FailureCause.MacvtapAsPort, "", "classic tap" },
        { "New-MacvlanLink a out0" + Here + " | Out-Null", "Add-BridgePort out0 br0" + Here, FailureCause.PortIsLowerDevice, "a in network namespace {ns}: LowerDevice out0", "-LowerDevice br0" },
        { "New-MacvlanLink a out0" + Here + " | Out-Null" + ToOther, "Add-BridgePort out0 br0" + Here, FailureCause.PortIsLowerDevice, "a in network namespace {other}: LowerDevice out0", "-LowerDevice br0" },
        { "New-MacvlanLink a br0" + Here + " | Out-Null", "Add-BridgePort a br0" + Here, FailureCause.PortAboveBridge, "a in network namespace {ns}: LowerDevice br0", "connected to it" },
        { "New-BridgeLink b2" + Here + " | Out-Null", "Add-BridgePort b2 br0" + Here, FailureCause.BridgeAsPort, "", "veth pair" },
        { "", "Add-BridgePort lo br0" + Here, FailureCause.PortNotEthernet, "", "" },
        { "", "Set-Link out0 -Master eth0" + Here, FailureCause.MasterTakesNoPorts, "eth0 in network namespace {ns}: Kind veth", "New-BridgeLink" },
        { "", "Enable-Hairpin eth0" + Here, FailureCause.NotBridgePort, "", "Enable-Hairpin p0" },
        { "", "Set-BridgePort p0 -Cost 0" + Here, FailureCause.PortValueInvalid, "", "65535" },
        { "", "Set-BridgePort p0 -MacAuthenticationBypass $true" + Here, FailureCause.PortNotLocked, "", "Locked" },
        { "Disable-Link p0" + Here, "Set-BridgePort p0 -State Disabled" + Here, FailureCause.PortDown, "", "Enable-Link p0" },
        { Stp, "Set-BridgePort p0 -State Disabled" + Here, FailureCause.SpanningTreeRuns, "", "spanning tree" },
        { "", "Set-BridgePort p0 -BackupPort out0" + Here, FailureCause.BackupPortElsewhere, "", "Get-BridgePort -Bridge br0" },
        { Stp, "Set-BridgeLink br0 -ForwardDelay 1" + Here, FailureCause.BridgeValueInvalid, "", "2 to 30" },
        { "", "Set-BridgePort p0 -State Blocking" + Here, FailureCause.ValueNotTaken, "", "Disabled" },
        { "", "Move-Link lo {other}" + Here, FailureCause.NamespaceFixed, "", "" },
        { "", "Move-Link out0 {new}" + Here, FailureCause.NamespaceMissing, "", "" },
        { "", "Set-Link nope -Mtu 1400" + Here, FailureCause.LinkMissing, "", "Get-Link" },
        { "", "Set-LinkMode eth0 Bridge" + Here, FailureCause.KindDiffers, "", "" },
        { "", "Remove-Link lo" + Here, FailureCause.NotRemovable, "", "driver" },
        { "Add-LinkAddress out0 192.0.2.1/24" + Here, "Add-LinkAddress out0 192.0.2.1/24" + Here, FailureCause.AddressPresent, "", "Get-LinkAddress" },
        { "", "Remove-LinkAddress out0 192.0.2.9/24" + Here, FailureCause.AddressMissing, "", "Get-LinkAddress" },
        { "Set-Link out0 -Mtu 1000" + Here, "Add-LinkAddress out0 2001:db8::1/64" + Here, FailureCause.MtuTooSmallForIPv6, "", "1280" },
        { "Add-LinkAddress out0 192.0.2.1/24" + Here, "Add-LinkRoute out0 198.51.100.0/24 -Gateway 203.0.113.1" + Here, FailureCause.GatewayUnreachable, "", "OnLink" },
    };
}
