#!/usr/bin/env pwsh
# Open vSwitch as the switch that sends frames back. It knows no hairpin; Enable-Hairpin makes it of flows, so that its port serves guests in Vepa mode as a port of
# the kernel's bridge does. The usual advice, actions=all,in_port, floods every frame to everybody; these flows send back only what belongs behind the port.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -NoSwitch -Needs ovsdb-tool, ovsdb-server, ovs-vswitchd, ovs-vsctl, ovs-ofctl
    $database = Start-OpenVswitch
    ovs-vsctl "--db=$database" add-br switch -- set bridge switch datapath_type=netdev -- add-port switch port1 -- add-port switch port2

    # Two hosts in Vepa mode on the machine's eth0. Macvlans in namespaces of their own show the same as guests' macvtaps, and sooner.
    $a = "mvsample-$PID-a"
    $b = "mvsample-$PID-b"
    $null = New-NetworkNamespace $a, $b
    New-MacvlanLink eth0 eth0 Vepa -LowerDeviceNamespace $lab.Machine -NetworkNamespace $a -MacAddress 02:00:00:00:00:01 -Up
    New-MacvlanLink eth0 eth0 Vepa -LowerDeviceNamespace $lab.Machine -NetworkNamespace $b -MacAddress 02:00:00:00:00:02 -Up
    Add-LinkAddress eth0 10.99.0.1/24 -NetworkNamespace $a
    Add-LinkAddress eth0 10.99.0.2/24 -NetworkNamespace $b

    Confirm-Reach -From $a 10.99.0.254 -Because 'Open vSwitch switches'
    Confirm-Reach -From $a 10.99.0.2 -Not -Because 'and sends nothing back'

    Enable-Hairpin port1 -NetworkNamespace $lab.Closet -OpenVswitchDatabase $database
    Get-BridgePort -NetworkNamespace $lab.Closet -OpenVswitchDatabase $database | Format-Table Name, Bridge, Backend, Hairpin
    Confirm-Reach -From $a 10.99.0.2
    Confirm-Reach -From $b 10.99.0.1
    Confirm-Reach -From $lab.Machine 10.99.0.1 -Because 'the machine below them is one more host behind the port'
    Confirm-Reach -From $a 10.99.0.254

    Disable-Hairpin port1 -NetworkNamespace $lab.Closet -OpenVswitchDatabase $database
    Confirm-Reach -From $a 10.99.0.2 -Not
    Confirm-Reach -From $a 10.99.0.254
}
finally { Close-Lab }
