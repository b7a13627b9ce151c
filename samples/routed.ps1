#!/usr/bin/env pwsh
# Routed instead of bridged: guests have a network of their own behind the machine, which passes their packets on. Nothing of the guests is seen on the Ethernet,
# so it works where only one MAC address is allowed (wireless, many clouds). With NAT nobody outside needs a route to them.
# The module makes the links, addresses, routes and forwarding; NAT is the packet filter's, so that is iptables or nft.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab
    $guest = "mvsample-$PID-guest"
    $null = New-NetworkNamespace $guest

    # The guest's cable ends at the machine, as a tap would that QEMU has open.
    $null = New-VethLink eth0 vnet0 -NetworkNamespace $guest -PeerNetworkNamespace $lab.Machine -Up
    Add-LinkAddress vnet0 192.168.99.1/24 -NetworkNamespace $lab.Machine
    Add-LinkAddress eth0 192.168.99.2/24 -NetworkNamespace $guest
    Add-LinkRoute eth0 default -Gateway 192.168.99.1 -NetworkNamespace $guest

    Confirm-Reach -From $guest 192.168.99.1 -Because 'the machine is the gateway'
    Confirm-Reach -From $guest 10.99.0.254 -Not -Because 'the machine passes nothing on'

    # Forwarding, on these two links only.
    Set-LinkForwarding eth0, vnet0 -IPv4Forwarding $true -NetworkNamespace $lab.Machine -PassThru
    Confirm-Reach -From $guest 10.99.0.254 -Not -Because 'outside has no way back yet'

    # Either outside gets a route to the guests ...
    Add-LinkRoute eth0 192.168.99.0/24 -Gateway 10.99.0.100 -NetworkNamespace $lab.Outside
    Confirm-Reach -From $guest 10.99.0.254
    Confirm-Reach -From $lab.Outside 192.168.99.2
    Remove-LinkRoute eth0 192.168.99.0/24 -NetworkNamespace $lab.Outside
    Confirm-Reach -From $guest 10.99.0.254 -Not

    # ... or the machine lends the guests its own address.
    if (Test-LabProgram nft) {
        'add table ip nat', 'add chain ip nat post { type nat hook postrouting priority 100; }', 'add rule ip nat post ip saddr 192.168.99.0/24 oif eth0 masquerade' |
            ip netns exec $lab.Machine nft -f -
    }
    elseif (Test-LabProgram iptables) { ip netns exec $lab.Machine iptables -t nat -A POSTROUTING -s 192.168.99.0/24 -o eth0 -j MASQUERADE }
    else { 'Neither nft nor iptables is here, so NAT is left out.'; return }
    Confirm-Promise 'the packet filter took the rule' ($LASTEXITCODE -eq 0)
    Confirm-Reach -From $guest 10.99.0.254
    Confirm-Reach -From $lab.Outside 192.168.99.2 -Not -Because 'guests behind NAT are not reached from outside'
}
finally { Close-Lab }
