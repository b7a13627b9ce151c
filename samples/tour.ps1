# The lab: a machine, the closet with its switch, and somebody outside. Three network namespaces, so nothing here touches yours.
$machine = "mvtour-$PID-machine"
$closet = "mvtour-$PID-closet"
$outside = "mvtour-$PID-outside"
New-NetworkNamespace $machine, $closet, $outside

# The switch is a bridge (ForwardDelay 0: a port forwards at once), a cable is a veth pair.
New-BridgeLink switch -NetworkNamespace $closet -ForwardDelay 0 -Up
New-VethLink eth0 port1 -NetworkNamespace $machine -PeerNetworkNamespace $closet -Up
New-VethLink outside port2 -NetworkNamespace $outside -PeerNetworkNamespace $closet -Up
Add-BridgePort port1, port2 switch -NetworkNamespace $closet

# Two macvtaps on the machine's eth0, for two guests. The mode Vepa is the default, here as in the kernel.
# /dev/tapN is named after the index and /dev is one for all namespaces: an index that nobody else has avoids a clash.
New-MacvtapLink mvt0 eth0 Vepa -NetworkNamespace $machine -InterfaceIndex (Get-TourIndex) -Up
New-MacvtapLink mvt1 eth0 Vepa -NetworkNamespace $machine -InterfaceIndex (Get-TourIndex) -Up
Get-Link -NetworkNamespace $machine
Get-BridgePort -NetworkNamespace $closet

# The tour takes the place of the guests, and of the host outside, and keeps the devices open until the end.
# (Get-TourIndex, Open-TourDevice, Send-TourFrame and Close-TourDevice are the tour's own; all else is the module's.)
$a = Get-TapDevice mvt0 -NetworkNamespace $machine | Open-TourDevice
$b = Get-TapDevice mvt1 -NetworkNamespace $machine | Open-TourDevice
$c = Get-Link outside -NetworkNamespace $outside | Open-TourDevice
$a, $b, $c
Get-TapDevice -NetworkNamespace $machine

# A real frame from outside reaches a guest.
Send-TourFrame $c $a -Expect Arrival

# From guest to guest it does not: in Vepa mode every frame goes to the switch, and a switch sends none back where it came from.
Send-TourFrame $a $b -Expect Loss

# Hairpin on the switch's port sends it back. Now the guests reach each other, with broadcasts too.
Enable-Hairpin port1 -NetworkNamespace $closet -PassThru
Send-TourFrame $a $b -Expect Arrival
Send-TourFrame $b $a -Expect Arrival
Send-TourFrame $a $b -Broadcast -Expect Arrival

# Private mode is said to keep guests apart. With such a switch it does not: only broadcasts are held back.
Set-LinkMode mvt* Private -NetworkNamespace $machine
Send-TourFrame $a $b -Expect Arrival
Send-TourFrame $a $b -Broadcast -Expect Loss

# Back to Vepa and hairpin off: apart again.
Set-LinkMode mvt* Vepa -NetworkNamespace $machine
Disable-Hairpin port1 -NetworkNamespace $closet
Send-TourFrame $a $b -Expect Loss

# Bridge mode needs no hairpin: the frame never leaves the machine. The devices stayed open all the while.
Set-LinkMode mvt* Bridge -NetworkNamespace $machine -PassThru
Send-TourFrame $a $b -Expect Arrival
Send-TourFrame $c $a -Expect Arrival

# Several properties at once: all of them stand in the end, or none. The family's MTU goes in the order that the kernel needs.
Set-Link mvt0 -NetworkNamespace $machine -Mtu 1400 -Cascade -Alias 'web server' -TransmitQueueLength 1000
Get-Link -NetworkNamespace $machine

# A setting that defeats another one is told: an isolated port reflects nothing.
Set-BridgePort port1 -NetworkNamespace $closet -Hairpin $true -Isolated $true -PassThru

# A guest hears no multicast that the host did not join: this lets mDNS through, and nothing else.
Add-LinkMulticastGroup mvt1 mDNS -NetworkNamespace $machine -PassThru

# A mistake on purpose: hairpin belongs to the switch's port, and the error knows which.
# Promise: error NotBridgePort
Enable-Hairpin mvt0 -NetworkNamespace $machine

# What would go, if all macvtaps were removed. Then for real.
Remove-Link mvt* -NetworkNamespace $machine -WhatIf
Close-TourDevice $a, $b, $c
Remove-Link mvt* -NetworkNamespace $machine
Remove-NetworkNamespace $machine, $closet, $outside
