#!/usr/bin/env pwsh
# A container has a network namespace of its own. A macvlan moved into it makes the container a host of the same Ethernet, with a MAC address of its own: no
# bridge, no NAT, no port forwarding. This is what Docker's macvlan driver and LXC do.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab
    $web = "mvsample-$PID-web"
    $db = "mvsample-$PID-db"
    $null = New-NetworkNamespace $web, $db

    # Made straight in the container, on the machine's device. (Move-Link takes one there that exists already.)
    New-MacvlanLink eth0 eth0 Bridge -LowerDeviceNamespace $lab.Machine -NetworkNamespace $web -Up
    New-MacvlanLink eth0 eth0 Bridge -LowerDeviceNamespace $lab.Machine -NetworkNamespace $db -Up
    Add-LinkAddress eth0 10.99.0.1/24 -NetworkNamespace $web
    Add-LinkAddress eth0 10.99.0.2/24 -NetworkNamespace $db

    Confirm-Reach -From $web 10.99.0.254 -Because 'on the Ethernet as any other host'
    Confirm-Reach -From $lab.Outside 10.99.0.1 -Because 'and reached from there'
    Confirm-Reach -From $web 10.99.0.2 -Because 'containers in Bridge mode reach each other without the switch'

    # The machine below them does not reach its own containers. host-and-guest.ps1 has the remedy.
    Confirm-Reach -From $lab.Machine 10.99.0.1 -Not

    # Private keeps containers apart, as long as the switch sends nothing back.
    Get-Link eth0 -NetworkNamespace $web | Set-LinkMode -Mode Private
    Confirm-Reach -From $web 10.99.0.2 -Not
    Confirm-Reach -From $web 10.99.0.254
}
finally { Close-Lab }
