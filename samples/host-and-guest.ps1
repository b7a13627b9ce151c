#!/usr/bin/env pwsh
# A host does not reach guests on macvtaps of its own device: what it sends goes out of the device, and never to those above it. The remedy that needs no help of the
# switch: give the host a macvlan of its own, and move the address there. Then the host is one of the siblings.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs qemu-system-x86_64
    $link = New-MacvtapLink vm0 eth0 Bridge -NetworkNamespace $lab.Machine -InterfaceIndex (Get-FreeIndex) -Up
    $card = $link | ConvertTo-QemuArgument -DeviceOption @{ romfile = '' }
    $guest = $link | Start-TapProcess qemu-system-x86_64 ((Get-QemuGuest guest 10.99.0.1 -Ping 10.99.0.100, 10.99.0.254) + $card) -StandardOutputPath "$($lab.Folder)/guest.log" |
        Watch-Guest guest

    Confirm-GuestReach $guest 10.99.0.254
    Confirm-GuestReach $guest 10.99.0.100 -Not -Because 'the host has its address on eth0 itself'
    Confirm-Reach -From $lab.Machine 10.99.0.1 -Not

    # The macvlan has to be in Bridge mode as the guests' macvtaps are. From now on eth0 only carries: without an address, and up.
    New-MacvlanLink host0 eth0 Bridge -NetworkNamespace $lab.Machine -Up
    Get-LinkAddress eth0 -Family IPv4 -NetworkNamespace $lab.Machine | Remove-LinkAddress
    Add-LinkAddress host0 10.99.0.100/24 -NetworkNamespace $lab.Machine

    Confirm-GuestReach $guest 10.99.0.100
    Confirm-Reach -From $lab.Machine 10.99.0.1
    Confirm-Reach -From $lab.Machine 10.99.0.254 -Because 'and the host reaches the Ethernet as before'
    Confirm-Reach -From $lab.Outside 10.99.0.100
}
finally { Close-Lab }
