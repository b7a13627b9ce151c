# What has to be there before an example can be typed, for each page and each of its examples. The lab itself is eth0, plugged into p0, a port of br0 (docs/README.md).
#   Before     lines that run first
#   Meanwhile  lines that run again and again beside the example, until it ends
#   StopAfter  seconds after which the example is stopped as by Ctrl+C: it would go on
#   Width      columns of the terminal, where lines are broken; else it is wide enough for everything
#   Varies     a pattern: what fits it differs from host to host, and counts only in that there is such a thing
#   Among      the lines of the page come in their order, and others may come between them: what a host has besides
#   Needs      programs without which the example is skipped
#   Only       the reason why only a real shell can run it, where its lines do not tell that to the stand-in
#   Skip       the reason why it is not run at all
@{
    'Add-LinkAddress' = @{
        '5' = @{ Before = 'Add-LinkAddress eth0 10.0.0.1/24' }
    }
    'Add-LinkMulticastGroup' = @{
        Before = 'New-MacvtapLink mvt0 eth0 | Out-Null'
        '3' = @{ Before = 'Add-LinkMulticastGroup mvt0 LLDP, PTP' }
    }
    'Add-LinkRoute' = @{
        Before = 'Add-LinkAddress eth0 10.0.0.1/24; Add-LinkAddress br0 10.5.0.1/24'
        '3' = @{ Before = 'Add-LinkAddress eth0 192.0.2.7/32' }
    }
    'Add-QemuNetworkDevice' = @{
        Needs = 'qemu-system-x86_64'
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null; $vm = Start-TapProcess qemu-system-x86_64 -ArgumentList (@("-S", "-display", "none", "-nodefaults", "-m", "64", "-machine", "q35", "-device", "pcie-root-port,id=rp0", "-device", "qemu-xhci", "-qmp", "unix:vm.qmp,server=on,wait=off") + (ConvertTo-QemuArgument mvt0)) -TapDevice mvt0; while (-not (Test-Path vm.qmp)) { Start-Sleep -Milliseconds 20 }'
    }
    'Get-QemuNetworkDevice' = @{
        Needs = 'qemu-system-x86_64'
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null; $vm = Start-TapProcess qemu-system-x86_64 -ArgumentList (@("-S", "-display", "none", "-nodefaults", "-m", "64", "-qmp", "unix:vm.qmp,server=on,wait=off") + (ConvertTo-QemuArgument mvt0)) -TapDevice mvt0; while (-not (Test-Path vm.qmp)) { Start-Sleep -Milliseconds 20 }'
    }
    'Remove-QemuNetworkDevice' = @{
        Needs = 'qemu-system-x86_64'
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null; $vm = Start-TapProcess qemu-system-x86_64 -ArgumentList (@("-S", "-display", "none", "-nodefaults", "-m", "64", "-machine", "q35", "-device", "qemu-xhci", "-qmp", "unix:vm.qmp,server=on,wait=off") + (ConvertTo-QemuArgument mvt0)) -TapDevice mvt0; while (-not (Test-Path vm.qmp)) { Start-Sleep -Milliseconds 20 }; Add-QemuNetworkDevice vm.qmp mvt1 -Model usb-net'
    }
    'ConvertFrom-LibvirtXml' = @{ Needs = 'virsh'; Before = 'New-BridgeLink virbr0 | Out-Null' }
    'ConvertTo-LibvirtXml' = @{
        '3' = @{ Before = 'New-VethLink eth1 p1 -Up | Out-Null' }
        '5' = @{ Before = 'New-MacvtapLink mvt1 eth0 -Mode Source | Out-Null' }
    }
    'ConvertTo-QemuArgument' = @{
        '2' = @{ Before = 'New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null' }
        '4' = @{ Before = 'New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null' }
    }
    'ConvertTo-UmlArgument' = @{
        '1' = @{ Before = '"#!/bin/sh" | Set-Content linux.uml; chmod +x linux.uml' }
        '2' = @{ Before = '$env:USER = "root"' }
        '3' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null' }
        '4' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Mode Bridge -Up | Out-Null' }
        '5' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
    }
    'Enable-Hairpin' = @{
        '5' = @{ Needs = 'ovsdb-server', 'ovs-vswitchd'; Before = 'Start-OpenVswitch /var/run/openvswitch' }
    }
    'Get-BridgePort' = @{
        '2' = @{ Only = 'the list view of ports chooses its lines by scripts' }
        '5' = @{ Needs = 'ovsdb-server', 'ovs-vswitchd'; Before = 'Start-OpenVswitch /run/lab' }
    }
    'Export-FrameCapture' = @{
        Before = '$bytes = [byte[]] (1..60); $frame = New-EthernetFrame -Bytes "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002"; $frame | Export-FrameCapture all.pcapng; $frame | Export-FrameCapture old.pcap'
    }
    'Import-FrameCapture' = @{
        Before = 'New-EthernetFrame -Bytes "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002" | Export-FrameCapture eth0.pcapng'
    }
    'Get-TapDevice' = @{
        '6' = @{ Among = $true } # programs of the host whose link is gone
    }
    'Get-Link' = @{
        '3' = @{ Only = 'the list view of links chooses its lines by scripts' }
    }
    'Get-LinkAddress' = @{
        Before = 'Add-LinkAddress eth0 10.0.0.1/24'
        '2' = @{ Before = 'Remove-LinkAddress eth0 10.0.0.1/24; Add-LinkAddress eth0 10.0.0.1/24 -Label eth0:web -Broadcast + -ValidLifetime 600 -PreferredLifetime 300' }
        '3' = @{ Before = 'Add-LinkAddress p0 10.1.0.1/24' }
    }
    'Get-LinkForwarding' = @{
        '2' = @{ Before = 'Set-LinkForwarding eth0 -IPv4Forwarding $true' }
    }
    'Get-LinkMulticastGroup' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null'
        '2' = @{ Before = 'Add-LinkMulticastGroup mvt0 VRRP, LLDP' }
    }
    'Get-LinkRoute' = @{
        Before = 'Add-LinkAddress eth0 10.0.0.1/24'
        '1' = @{ Before = 'Add-LinkRoute eth0 default -Gateway 10.0.0.254; Add-LinkRoute -Destination 10.66.0.0/16 -Type Blackhole' }
        '3' = @{ Before = 'Add-LinkRoute eth0 default -Gateway 10.0.0.254' }
    }
    'Get-LinkStatistics' = @{
        Before = 'New-MacvtapLink mvt0 eth0 | Out-Null; Add-LinkAddress eth0 10.0.0.1/24; Add-LinkRoute eth0 default -Gateway 10.0.0.254'
    }
    'Measure-LinkRate' = @{
        Before = 'New-MacvtapLink mvt0 eth0 | Out-Null; Add-LinkAddress eth0 10.0.0.1/24; Add-LinkRoute eth0 default -Gateway 10.0.0.254'
    }
    'Move-Link' = @{
        '3' = @{ Varies = '/proc/\d+/' }
    }
    'New-EthernetFrame' = @{
        '2' = @{ Before = '$packet = [byte[]] (1..60)' }
    }
    'Receive-TapFrame' = @{
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null; $MaximumHistoryCount = 10'
        Meanwhile = 'Send-TapFrame mvt1 "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002"'
        '2' = @{ StopAfter = 1 }
        '3' = @{ StopAfter = 1 }
        '4' = @{ StopAfter = 1; Meanwhile = '$null' }
    }
    'Send-TapFrame' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null; New-EthernetFrame -Bytes "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002" | Export-FrameCapture guest.pcapng'
        '2' = @{ StopAfter = 1.5 }
    }
    'Remove-LinkAddress' = @{
        Before = 'Add-LinkAddress eth0 10.0.0.1/24'
        '2' = @{ Before = 'Add-LinkAddress eth0 fd00::1/64, fd00::2/64' }
        '3' = @{ Before = 'Add-LinkAddress eth0 10.0.0.2/24' }
    }
    'Remove-LinkMulticastGroup' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null; Add-LinkMulticastGroup mvt0 mDNS'
        '2' = @{ Before = 'Add-LinkMulticastGroup mvt0 VRRP' }
    }
    'Remove-LinkRoute' = @{
        Before = 'Add-LinkAddress eth0 10.0.0.1/24'
        '1' = @{ Before = 'Add-LinkRoute eth0 10.1.0.0/16 -Gateway 10.0.0.254' }
        '2' = @{ Before = 'Add-LinkRoute eth0 default -Gateway fe80::1' }
        '3' = @{ Before = 'Add-LinkRoute eth0 10.1.0.0/16 -Gateway 10.0.0.254; Add-LinkRoute eth0 10.2.0.0/16 -Gateway 10.0.0.254' }
    }
    'Start-TapProcess' = @{
        '1' = @{ Needs = 'qemu-system-x86_64' }
        '2' = @{ Needs = 'qemu-system-x86_64' }
        '3' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
        '4' = @{ Needs = 'qemu-system-x86_64'; Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
    }
    'Stop-TapProcess' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null'
        '3' = @{ Before = '$q = Start-TapProcess sleep -ArgumentList 1000 -TapDevice mvt0' }
    }
    'Wait-TapProcess' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null'
        '2' = @{ Before = '$p = Start-TapProcess true -TapDevice mvt0' }
        '3' = @{ Before = '$p = Start-TapProcess true -TapDevice mvt0' }
    }
    'Test-LinkReachability' = @{
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null'
        '2' = @{ Before = 'Set-LinkMode mvt1 Private; Enable-Hairpin p0; Disable-Link mvt0, mvt1; Enable-Link mvt0, mvt1; New-MacvtapLink mvt2, mvt3 eth0 -Mode Bridge -Up | Out-Null; New-MacvtapLink mvt4 eth0 -Mode Source | Out-Null' }
    }
    'Trace-LinkPath' = @{
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null'
        '1' = @{ Before = 'Enable-Hairpin p0' }
    }
    'Watch-Link' = @{
        # The bridge has settled before, and nothing is made before somebody listens (a netlink socket with groups).
        '1' = @{ Before = 'while ((Get-Link br0).OperationalStatus -ne ''Up'') { Start-Sleep -Milliseconds 20 }'; Meanwhile = 'if ((Get-Content /proc/net/netlink) -match ''^\S+ +0 +\S+ +0*[1-9a-f]'' -and -not (Get-Link mvt*)) { New-MacvtapLink mvt0 eth0 | Out-Null; Start-Sleep -Milliseconds 30; Enable-Link mvt0 }' }
        '2' = @{ Before = 'New-MacvtapLink mvt0 eth0 | Out-Null' }
        '3' = @{ StopAfter = 1; Meanwhile = 'if ((Get-BridgePort p0).Hairpin) { Disable-Hairpin p0 } else { Enable-Hairpin p0 }' }
        '4' = @{ StopAfter = 1; Meanwhile = 'if (-not (Get-Link mvt*)) { New-MacvtapLink mvt0 eth0 | Out-Null } else { Remove-Link mvt0 }' }
        '5' = @{ StopAfter = 1; Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null'; Meanwhile = 'Set-LinkMode mvt0 Bridge; Set-LinkMode mvt0 Vepa' }
    }
    'Watch-LinkFrame' = @{
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null; New-VethLink v0 v1 -Up | Out-Null'
        Meanwhile = 'Send-TapFrame mvt1 "ffffffffffff 020000000001 0806 0001080006040001 020000000001 0a000001 000000000000 0a000002"'
        '2' = @{ StopAfter = 1 }
        '3' = @{ StopAfter = 1 }
        '4' = @{ StopAfter = 1 }
    }
    'Export-LinkTopology' = @{
        '2' = @{ Before = 'New-Item docs/images -ItemType Directory | Out-Null' }
        '3' = @{ Needs = 'dot'; Before = 'New-NetworkNamespace blue | Out-Null' }
        '4' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null'; Only = 'the view of files is the shell''s own' }
        '5' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
    }
    'Get-LinkTopology' = @{
        '1' = @{ Before = 'New-NetworkNamespace rack, hyper | Out-Null; New-VethLink eth0 p0 -NetworkNamespace hyper -PeerNetworkNamespace rack -Up | Out-Null; New-MacvtapLink web0, web1 eth0 Bridge -Up -NetworkNamespace hyper | Out-Null; $open = Open-TapDevice web0 -NetworkNamespace hyper' }
        '2' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null; $open = Open-TapDevice mvt0' }
        '3' = @{ Before = 'Enable-Hairpin p0; Disable-Link p0' }
    }
    'Show-LinkTopology' = @{
        '1' = @{ Before = 'Remove-Link eth0, br0; "#!/bin/sh", "kill -STOP `$`$" | Set-Content qemu-system-x86_64; chmod +x qemu-system-x86_64; New-NetworkNamespace rack, hyper, dmz | Out-Null; New-BridgeLink br0 -NetworkNamespace rack -Up | Out-Null; New-VethLink eth0 p0 -NetworkNamespace hyper -PeerNetworkNamespace rack -Up | Out-Null; New-VethLink uplink p1 -NetworkNamespace dmz -PeerNetworkNamespace rack -Up | Out-Null; Add-BridgePort p0, p1 br0 -NetworkNamespace rack; Enable-Hairpin p0 -NetworkNamespace rack; New-MacvtapLink web0, web1 eth0 Bridge -Up -NetworkNamespace hyper | Out-Null; New-MacvlanLink old0 eth0 Private -NetworkNamespace hyper | Out-Null; $vm = Start-TapProcess qemu-system-x86_64 -TapDevice web0 -NetworkNamespace hyper' }
        '2' = @{ Before = 'New-MacvtapLink web0 eth0 -Up | Out-Null' }
        '3' = @{ Before = 'New-MacvtapLink web0 eth0 -Up | Out-Null' }
        '4' = @{ Before = 'New-MacvtapLink web0, web1 eth0 -Up | Out-Null' }
    }
    'Get-LinkAdvice' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null; Set-Link mvt0 -TransmitQueueLength 0'
        '1' = @{ Width = 120 }
        '4' = @{ Before = 'New-NetworkNamespace blue | Out-Null; New-VethLink v0 v1 -NetworkNamespace blue -Up | Out-Null; New-MacvtapLink mvt1 v0 -NetworkNamespace blue | Out-Null; Disable-Link v0 -NetworkNamespace blue' }
    }
    'Protect-Link' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null; New-MacvtapLink mvt1 eth0 -Up | Out-Null'
        '3' = @{ Before = 'Protect-Link mvt0 -Isolate; New-MacvtapLink mvt2 eth0 -Up | Out-Null' }
    }
    'Get-LinkProtection' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null; Protect-Link mvt0 -AllowSourceAddress Own -Isolate -BlockDhcpServer -BlockRouterAdvertisement -AllowArpFor 10.0.0.5'
        '2' = @{ Before = 'New-MacvtapLink mvt1 eth0 -Up | Out-Null' }
        '3' = @{ Before = 'New-MacvtapLink mvt1 eth0 -Up | Out-Null' }
    }
    'Unprotect-Link' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null; Protect-Link mvt0 -Isolate' }
    'Start-TapRelay' = @{
        '1' = @{ Before = '"#!/bin/sh", "kill -STOP `$`$" | Set-Content linux.uml; chmod +x linux.uml' }
        '2' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
        '3' = @{ Before = 'New-VethLink eth1 p1 -Up | Out-Null; New-MacvtapLink mvt0 eth0 -Up | Out-Null; New-MacvtapLink mvt1 eth1 -Up | Out-Null' }
        '4' = @{ Before = '"#!/bin/sh", "kill -STOP `$`$" | Set-Content linux.uml; chmod +x linux.uml; $guest = Start-TapProcess linux.uml -TapDevice (New-MacvtapLink mvt0 eth0 -Up | Start-TapRelay)' }
    }
    'Get-TapRelay' = @{
        Before = '"#!/bin/sh", "kill -STOP `$`$" | Set-Content linux.uml; chmod +x linux.uml; $guest = Start-TapProcess linux.uml -TapDevice (New-MacvtapLink mvt0 eth0 -Up | Start-TapRelay); $guest | Stop-TapProcess -Timeout 0; while ((Get-TapRelay mvt0).State -ne "Ended") { Start-Sleep -Milliseconds 10 }; New-MacvtapLink mvt1 eth0 -Up | Start-TapRelay -Path /run/user/1000/mvt1.sock -KeepListening | Out-Null'
    }
    'Stop-TapRelay' = @{
        Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null'
        '2' = @{ Before = 'Start-TapRelay mvt0 | Out-Null' }
        '3' = @{ Before = 'Start-TapRelay mvt0 | Out-Null' }
        '4' = @{ Before = 'New-MacvtapLink mvt1 eth0 -Up | Start-TapRelay | Out-Null; Start-TapProcess true -TapDevice (Start-TapRelay mvt0) | Wait-TapProcess | Out-Null; while ((Get-TapRelay mvt0).State -ne "Ended") { Start-Sleep -Milliseconds 10 }' }
    }
    'Test-MacvtapHost' = @{
        # A pair of links with one MAC address, so that there is something that is not in order.
        Before = 'New-NetworkNamespace blue | Out-Null; New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null; New-VethLink v0 v1 -NetworkNamespace blue | Out-Null; New-MacvtapLink mvt1 v0 -MacAddress 52:54:00:12:34:56 -NetworkNamespace blue | Out-Null'
        # What a check finds is the host's, and an advice is a line of its own; that there is this check, in this area, is the module's.
        Varies = '^(Passed|Warning|Failed|NotApplicable|Unknown|Handled)(?= \w+ \S)|(?<=^\w+ [A-Z]\w+ ).+$'
        Among = $true
    }
    'Get-ReflectiveRelay' = @{ Before = 'New-ReflectiveRelay relay0 | Out-Null' }
    'Remove-ReflectiveRelay' = @{
        Before = 'New-ReflectiveRelay relay0 | Out-Null'
        '3' = @{ Before = 'New-MacvtapLink mvt0 relay0 -Up | Out-Null' }
    }
    'New-ReflectiveRelay' = @{
        '2' = @{ Before = 'New-VethLink eth1 p1 -Up | Out-Null' }
    }
    'New-HostLink' = @{
        '2' = @{ Before = 'Add-LinkAddress eth0 192.0.2.1/24' }
        '3' = @{ Before = 'Add-LinkAddress eth0 192.0.2.1/24' }
        '4' = @{ Before = 'Add-LinkAddress eth0 192.0.2.1/24; New-HostLink host0 eth0 -MoveAddress | Out-Null' }
    }
    'README' = @{
        '2' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null; Enable-Hairpin p0' }
        '3' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null' }
        '4' = @{ Before = "`$link = New-MacvtapLink mvt0 eth0 -Up; New-NetworkNamespace lab2 | Out-Null; New-VethLink b0 b1 -NetworkNamespace lab2 | Out-Null; New-MacvtapLink twin b0 -NetworkNamespace lab2 -InterfaceIndex `$link.InterfaceIndex | Out-Null" }
        '5' = @{ Needs = 'qemu-system-x86_64' }
        '6' = @{ StopAfter = 2; Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null'; Meanwhile = 'Send-TapFrame mvt1 "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002"' }
        '8' = @{ Before = 'New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null' }
        '9' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
        '10' = @{ Before = 'New-MacvtapLink mvt0 eth0 -MacAddress 52:54:00:12:34:56 -Up | Out-Null; New-NetworkNamespace lab2 | Out-Null; New-VethLink b0 b1 -NetworkNamespace lab2 | Out-Null; New-MacvtapLink mvt1 b0 -MacAddress 52:54:00:12:34:56 -NetworkNamespace lab2 | Out-Null'; Among = $true }
        '11' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null' }
    }
}
