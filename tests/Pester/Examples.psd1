# What has to be there before an example can be typed, for each page and each of its examples. The lab itself is eth0, plugged into p0, a port of br0 (docs/README.md).
#   Before     lines that run first
#   Meanwhile  lines that run again and again beside the example, until it ends
#   StopAfter  seconds after which the example is stopped as by Ctrl+C: it would go on
#   Omit       a pattern of statements that are left out, with the reason in Because
#   Needs      programs without which the example is skipped
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
        '1' = @{ Omit = 'linux.uml*'; Because = 'a guest of User-mode Linux needs an image to start from; tests/Guest.Tests starts one' }
        '2' = @{ Before = '$env:USER = "root"' }
        '3' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null' }
        '4' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Mode Bridge -Up | Out-Null' }
        '5' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
    }
    'Enable-Hairpin' = @{
        '5' = @{ Skip = 'it needs the Open vSwitch of the host itself; tests/Scenarios/openvswitch.json runs the same with one of its own' }
    }
    'Get-BridgePort' = @{
        '5' = @{ Skip = 'it needs an Open vSwitch at /run/lab; tests/Scenarios/openvswitch.json runs the same with one of its own' }
    }
    'Export-FrameCapture' = @{
        Before = '$bytes = [byte[]]::new(60); $frame = New-EthernetFrame -Bytes "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002"; $frame | Export-FrameCapture all.pcapng; Copy-Item all.pcapng old.pcap'
    }
    'Import-FrameCapture' = @{
        Before = 'New-EthernetFrame -Bytes "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002" | Export-FrameCapture eth0.pcapng'
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
    'New-EthernetFrame' = @{
        '2' = @{ Before = '$packet = [byte[]]::new(60)' }
    }
    'Receive-TapFrame' = @{
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null; $MaximumHistoryCount = 10'
        Meanwhile = '1..4 | ForEach-Object { Send-TapFrame mvt1 "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002" }'
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
        '1' = @{ Meanwhile = 'if (-not (Get-Link mvt*)) { New-MacvtapLink mvt0 eth0 | Out-Null; Start-Sleep -Milliseconds 30; Enable-Link mvt0 }' }
        '2' = @{ Before = 'New-MacvtapLink mvt0 eth0 | Out-Null' }
        '3' = @{ StopAfter = 1; Meanwhile = 'if ((Get-BridgePort p0).Hairpin) { Disable-Hairpin p0 } else { Enable-Hairpin p0 }' }
        '4' = @{ StopAfter = 1; Meanwhile = 'if (-not (Get-Link mvt*)) { New-MacvtapLink mvt0 eth0 | Out-Null } else { Remove-Link mvt0 }' }
        '5' = @{ StopAfter = 1; Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null'; Meanwhile = 'Set-LinkMode mvt0 Bridge; Set-LinkMode mvt0 Vepa' }
    }
    'Watch-LinkFrame' = @{
        Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null; New-VethLink v0 v1 -Up | Out-Null'
        Meanwhile = '"ffffffffffff 020000000001 0806 0001080006040001 020000000001 0a000001 000000000000 0a000002" | ForEach-Object { Send-TapFrame mvt1 $_ }'
        '2' = @{ StopAfter = 1 }
        '3' = @{ StopAfter = 1 }
        '4' = @{ StopAfter = 1 }
    }
    'Export-LinkTopology' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Get-LinkAdvice' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Get-LinkProtection' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Get-LinkTopology' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Get-TapRelay' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Protect-Link' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Show-LinkTopology' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Start-TapRelay' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Stop-TapRelay' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Test-MacvtapHost' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
    'Unprotect-Link' = @{ Skip = 'its examples need more than the lab has (links, namespaces, guests), and nothing here prepares that yet' }
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
        '2' = @{ Before = "'mvt0', 'mvt1' | New-MacvtapLink -LowerDevice eth0 -Up | Out-Null" }
        '3' = @{ Before = "'mvt0', 'mvt1' | New-MacvtapLink -LowerDevice eth0 -Up | Out-Null" }
        '4' = @{ Before = "`$link = New-MacvtapLink mvt0 eth0 -Up; New-NetworkNamespace lab2 | Out-Null; New-VethLink b0 b1 -NetworkNamespace lab2 | Out-Null; New-MacvtapLink twin b0 -NetworkNamespace lab2 -InterfaceIndex `$link.InterfaceIndex | Out-Null" }
        '5' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
        '6' = @{ StopAfter = 2; Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Mode Bridge -Up | Out-Null'; Meanwhile = 'Send-TapFrame mvt1 "ffffffffffff 525400000001 0806 0001080006040001 525400000001 0a000001 000000000000 0a000002"' }
        '7' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null' }
        '8' = @{ Needs = 'qemu-system-x86_64' }
        '9' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null' }
        '10' = @{ Before = 'New-MacvtapLink mvt0, mvt1 eth0 -Up | Out-Null' }
        '12' = @{ Skip = 'what Test-MacvtapHost finds differs from host to host' }
        '13' = @{ Before = 'New-MacvtapLink mvt0 eth0 -Up | Out-Null' }
    }
}
