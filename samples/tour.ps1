# The lab: a machine, the closet with its switch, and somebody outside. Three network namespaces, so nothing here touches yours.
$machine = "mvtour-$PID-machine"
$closet = "mvtour-$PID-closet"
$outside = "mvtour-$PID-outside"
New-NetworkNamespace $machine, $closet, $outside | Out-Null

# The switch is a bridge (ForwardDelay 0: a port forwards at once), a cable is a veth pair.
New-BridgeLink switch -NetworkNamespace $closet -ForwardDelay 0 -Up | Out-Null
New-VethLink eth0 port1 -NetworkNamespace $machine -PeerNetworkNamespace $closet -Up | Out-Null
New-VethLink outside port2 -NetworkNamespace $outside -PeerNetworkNamespace $closet -Up | Out-Null
Add-BridgePort port1, port2 switch -NetworkNamespace $closet -PassThru

# Two macvtaps on the machine's eth0, for two guests. The mode Vepa is the default, here as in the kernel.
# /dev/tapN is named after the index and /dev is one for all namespaces: an index that nobody else has avoids a clash.
New-MacvtapLink mvt0 eth0 -NetworkNamespace $machine -InterfaceIndex (Get-TourIndex) -Up
New-MacvtapLink mvt1 eth0 -NetworkNamespace $machine -InterfaceIndex (Get-TourIndex) -Up
Show-LinkTopology -NetworkNamespace $machine

# The tour takes the place of the guests, and of the host outside, and keeps the devices open until the end.
# (Get-TourIndex, Open-TourDevice, Send-TourFrame and Close-TourDevice are the tour's own; all else is the module's.)
$a = Get-TapDevice mvt0 -NetworkNamespace $machine | Open-TourDevice
$b = Get-TapDevice mvt1 -NetworkNamespace $machine | Open-TourDevice
$c = Get-Link outside -NetworkNamespace $outside | Open-TourDevice
Get-TapDevice -NetworkNamespace $machine

# A real frame from outside reaches a guest. From guest to guest none does. (outside sees it: a switch sends everywhere what is for an address it does not know yet.)
Send-TourFrame $c $a -Expect Arrival
Send-TourFrame $a $b -Expect Loss

# Why not, and what would change it?
Test-LinkReachability mvt0 mvt1 -Kind Unicast -NetworkNamespace $machine | Select-Object From, To, Reachable, Reason, Remedy

# Hairpin on the switch's port: it sends frames back where they came from. Now the guests reach each other, with broadcasts too.
Enable-Hairpin port1 -NetworkNamespace $closet -PassThru
Send-TourFrame $a $b -Expect Arrival
Send-TourFrame $a $b -Broadcast -Expect Arrival

# Private mode is said to keep guests apart. With such a switch it does not: only broadcasts are held back (one comes back to its sender).
Set-LinkMode mvt* Private -NetworkNamespace $machine
Send-TourFrame $a $b -Expect Arrival
Send-TourFrame $a $b -Broadcast -Expect Loss

# Everybody to everybody at once: what the kernel's rules say, and with -Probe frames that prove it. Guests lose none of theirs.
Test-LinkReachability -LowerDevice eth0 -Probe -NetworkNamespace $machine

# Bridge mode needs no hairpin: frames between guests never leave the machine. The devices stayed open all the while.
Disable-Hairpin port1 -NetworkNamespace $closet
Set-LinkMode mvt* Bridge -NetworkNamespace $machine -PassThru
Send-TourFrame $a $b -Expect Arrival

# What does keep guests apart, in every mode: a small program on the link, run by the kernel. It also drops frames in somebody else's name.
Protect-Link mvt0 -Isolate -AllowSourceAddress Own -NetworkNamespace $machine
Get-LinkProtection -NetworkNamespace $machine
Send-TourFrame $a $b -Expect Loss
Send-TourFrame $a $c -Expect Arrival
Unprotect-Link mvt0 -NetworkNamespace $machine

# The first complaint about macvtap is that host and guest do not reach each other. A lower device whose frames come back mends it.
New-ReflectiveRelay relay0 -NetworkNamespace $machine
New-MacvtapLink mvt2 relay0 -NetworkNamespace $machine -InterfaceIndex (Get-TourIndex) -Up | Out-Null
Test-LinkReachability mvt2 Host -Kind Unicast -Probe -NetworkNamespace $machine | Select-Object From, To, Reachable, Measured, Reason
Remove-ReflectiveRelay relay0 -Force -NetworkNamespace $machine

# A setting that defeats another one is told: an isolated port reflects nothing.
Set-BridgePort port1 -NetworkNamespace $closet -Hairpin $true -Isolated $true -PassThru

# A mistake on purpose: hairpin belongs to the switch's port, and the error knows which.
# Promise: error NotBridgePort
Enable-Hairpin mvt0 -NetworkNamespace $machine

# Several changes at once: all of them stand in the end, or none. An MTU goes through the family in the order that the kernel needs.
Set-Link mvt0 -NetworkNamespace $machine -Mtu 1400 -Cascade -Alias 'web server' -TransmitQueueLength 1000
Get-Link mvt*, eth0 -NetworkNamespace $machine | Select-Object Name, Mtu, Alias, TransmitQueueLength

# What would go, if all macvtaps were removed. Then for real.
Remove-Link mvt* -NetworkNamespace $machine -WhatIf
Close-TourDevice $a, $b, $c
Remove-Link mvt* -NetworkNamespace $machine
Remove-NetworkNamespace $machine, $closet, $outside
