#!/usr/bin/env pwsh
# One command for the first complaint about macvtap: host and guests of one machine reach each other, and the Ethernet. New-ReflectiveRelay makes a lower device whose
# frames come back, a veth pair on a bridge port with hairpin. So guests stay in Vepa mode, nobody outside has to send anything back, and the host needs no macvlan.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs qemu-system-x86_64

    # eth0 becomes a port of the relay's bridge, and a port hands all its frames to the bridge: the host's address has to be there.
    Get-LinkAddress eth0 -Family IPv4 -NetworkNamespace $lab.Machine | Remove-LinkAddress
    $relay = New-ReflectiveRelay -Uplink eth0 -Address 10.99.0.100/24 -NetworkNamespace $lab.Machine
    $relay

    # A virtual machine, and a container beside it.
    $link = New-MacvtapLink vm0 $relay Vepa -InterfaceIndex (Get-FreeIndex) -Up
    $card = $link | ConvertTo-QemuArgument -DeviceOption @{ romfile = '' }
    $guest = $link | Start-TapProcess qemu-system-x86_64 ((Get-QemuGuest guest 10.99.0.1 -Ping 10.99.0.2, 10.99.0.100, 10.99.0.254) + $card) -StandardOutputPath "$($lab.Folder)/guest.log" |
        Watch-Guest guest
    $container = "mvsample-$PID-container"
    $null = New-NetworkNamespace $container
    $null = New-MacvlanLink eth0 $relay Vepa -LowerDeviceNamespace $lab.Machine -NetworkNamespace $container -Up
    Add-LinkAddress eth0 10.99.0.2/24 -NetworkNamespace $container

    'Everybody reaches everybody, though the switch in the closet sends nothing back.'
    Confirm-GuestReach $guest 10.99.0.2
    Confirm-GuestReach $guest 10.99.0.100
    Confirm-GuestReach $guest 10.99.0.254
    Confirm-Reach -From $lab.Machine 10.99.0.1 -Because 'the host is one more on the bridge'
    Confirm-Reach -From $container 10.99.0.1
    Confirm-Reach -From $lab.Outside 10.99.0.1
    Confirm-Promise 'the port in the closet sends frames back' (Get-BridgePort port1 -NetworkNamespace $lab.Closet).Hairpin -Not

    # The hairpin is what does it.
    Disable-Hairpin $relay.Port -NetworkNamespace $lab.Machine
    Confirm-GuestReach $guest 10.99.0.2 -Not
    Confirm-GuestReach $guest 10.99.0.254
    Enable-Hairpin $relay.Port -NetworkNamespace $lab.Machine

    # Undone: the pair, the bridge and the links on it go, and eth0 is as it was.
    $relay | Remove-ReflectiveRelay -Force
    Confirm-Promise 'of the links only eth0 is left' ("$(Get-Link -NetworkNamespace $lab.Machine)" -eq 'lo eth0')
    Add-LinkAddress eth0 10.99.0.100/24 -NetworkNamespace $lab.Machine
    Confirm-Reach -From $lab.Machine 10.99.0.254
}
finally { Close-Lab }
