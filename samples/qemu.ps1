#!/usr/bin/env pwsh
# Two guests of QEMU on macvtaps of one device. They are started once, and go on running while the modes change under them.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs qemu-system-x86_64

    # A macvtap is a network card for a guest: a MAC address of its own on eth0, and a tap device for QEMU to open. ConvertTo-QemuArgument writes the card's
    # arguments, and Start-TapProcess opens the device and hands it over as a descriptor, after it has proved that /dev/tapN is the link's.
    function Start-Guest([string] $Name, [string] $Address, [string] $Other) {
        $link = New-MacvtapLink $Name eth0 Bridge -NetworkNamespace $lab.Machine -InterfaceIndex (Get-FreeIndex) -Up
        $machine = Get-QemuGuest $Name $Address -Ping $Other, 10.99.0.254
        $card = $link | ConvertTo-QemuArgument -DeviceOption @{ romfile = '' }
        $link | Start-TapProcess qemu-system-x86_64 ($machine + $card) -StandardOutputPath "$($lab.Folder)/$Name.log" | Watch-Guest $Name
    }
    $alpha = Start-Guest alpha 10.99.0.1 10.99.0.2
    $beta = Start-Guest beta 10.99.0.2 10.99.0.1
    Wait-GuestReady $alpha, $beta
    Get-TapDevice alpha, beta -NetworkNamespace $lab.Machine

    'Bridge: guests reach each other and whoever is on the Ethernet.'
    Confirm-GuestReach $alpha 10.99.0.2
    Confirm-GuestReach $alpha 10.99.0.254
    Confirm-Reach -From $lab.Outside 10.99.0.2
    Confirm-Reach -From $lab.Machine 10.99.0.1 -Not -Because 'a device does not reach its own macvtaps; see host-and-guest.ps1'

    'Vepa: everything goes to the switch, and a switch sends nothing back where it came from.'
    Set-LinkMode alpha, beta Vepa -NetworkNamespace $lab.Machine
    Confirm-GuestReach $alpha 10.99.0.2 -Not
    Confirm-GuestReach $alpha 10.99.0.254

    'Vepa with hairpin: this port does. Now guests and machine all reach each other.'
    Enable-Hairpin port1 -NetworkNamespace $lab.Closet
    Confirm-GuestReach $alpha 10.99.0.2
    Confirm-GuestReach $beta 10.99.0.1
    Confirm-Reach -From $lab.Machine 10.99.0.1

    # With the hairpin Private holds back broadcasts only. The guests here ask for the address before each ping, and that is a broadcast; about_LinkModes has more.
    'Private: guests do not find each other, with hairpin or without.'
    Set-LinkMode alpha, beta Private -NetworkNamespace $lab.Machine
    Confirm-GuestReach $alpha 10.99.0.2 -Not
    Disable-Hairpin port1 -NetworkNamespace $lab.Closet
    Confirm-GuestReach $beta 10.99.0.1 -Not
    Confirm-GuestReach $beta 10.99.0.254
}
finally { Close-Lab }
