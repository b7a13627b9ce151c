# What every kind of object is as JSON, as text, and from another process. Each row: what makes one, its text, and a line that takes it ($far) from the pipe, with what that gives.
BeforeDiscovery {
    $Kinds = @(
        @{ Kind = 'Link'; Make = 'Get-Link lo -NetworkNamespace {ns}'; Text = 'lo'; Take = '($far | Get-Link).Name'; Gives = 'lo' }
        @{ Kind = 'VethLink'; Make = 'Get-Link eth0 -NetworkNamespace {ns}'; Text = 'eth0'; Take = '($far | Disable-Link -PassThru).AdministrativeStatus'; Gives = 'Down' }
        @{ Kind = 'BridgeLink'; Make = 'Get-Link br0 -NetworkNamespace {ns}'; Text = 'br0'; Take = '($far | Set-BridgeLink -AgeingTime 60 -PassThru).AgeingTime.TotalSeconds'; Gives = '60' }
        @{ Kind = 'MacvlanLink'; Make = 'New-MacvlanLink a eth0 -Mode Source -SourceAddress 525400000001 -NetworkNamespace {ns}'; Text = 'a'; Take = '($far | Set-LinkMode -Mode Bridge -PassThru -WarningAction Ignore).Mode'; Gives = 'Bridge' }
        @{ Kind = 'MacvtapLink'; Make = 'New-MacvtapLink a eth0 -Alias web -InterfaceIndex {i1} -NetworkNamespace {ns}'; Text = 'a'; Take = '($far | Set-Link -Mtu 1400 -PassThru).Mtu'; Gives = '1400' }
        @{ Kind = 'TapLink'; Make = 'New-TapLink t -Owner nobody -NetworkNamespace {ns}'; Text = 't'; Take = '($far | Enable-Link -PassThru).AdministrativeStatus'; Gives = 'Up' }
        @{ Kind = 'BridgePort'; Make = 'Get-BridgePort p0 -NetworkNamespace {ns}'; Text = 'p0'; Take = '($far | Set-BridgePort -Isolated $true -PassThru).Isolated'; Gives = 'True' }
        @{ Kind = 'TapDevice'; Make = 'New-MacvtapLink a eth0 -InterfaceIndex {i1} -NetworkNamespace {ns} | Get-TapDevice'; Text = '/dev/tap{i1}'; Take = '($far | Grant-TapDevice -User nobody -PassThru).AccessList.Count'; Gives = '1' }
        @{ Kind = 'LinkAddress'; Make = 'Add-LinkAddress eth0 10.0.0.1/24 -PassThru -NetworkNamespace {ns}'; Text = '10.0.0.1/24'; Take = '$far | Remove-LinkAddress; @(Get-LinkAddress eth0 -Family IPv4 -NetworkNamespace {ns}).Count'; Gives = '0' }
        @{ Kind = 'LinkRoute'; Make = 'Add-LinkAddress eth0 10.0.0.1/24 -NetworkNamespace {ns}; Add-LinkRoute eth0 10.1.0.0/16 -Gateway 10.0.0.2 -PassThru -NetworkNamespace {ns}'; Text = '10.1.0.0/16 via 10.0.0.2 dev eth0'; Take = '$far | Remove-LinkRoute; @(Get-LinkRoute -Destination 10.1.0.0/16 -NetworkNamespace {ns}).Count'; Gives = '0' }
        @{ Kind = 'LinkForwarding'; Make = 'Get-LinkForwarding eth0 -NetworkNamespace {ns}'; Text = 'eth0'; Take = '($far | Set-LinkForwarding -PassThru).IPv4Forwarding'; Gives = 'False' }
        @{ Kind = 'LinkMulticastGroup'; Make = 'Add-LinkMulticastGroup eth0 mDNS -PassThru -NetworkNamespace {ns}'; Text = 'match:.*01:00:5e:00:00:fb.*'; Take = '$far | Remove-LinkMulticastGroup; @(Get-LinkMulticastGroup eth0 -NetworkNamespace {ns} | Where-Object IsStatic).Count'; Gives = '0' }
        @{ Kind = 'LinkStatisticsSnapshot'; Make = 'Get-LinkStatistics eth0 -NetworkNamespace {ns}'; Text = 'eth0'; Take = '($far | Get-LinkStatistics).Name'; Gives = 'eth0' }
        @{ Kind = 'NetworkNamespace'; Make = 'Get-NetworkNamespace {ns}'; Text = '{ns}'; Take = '($far | Get-NetworkNamespace).Name'; Gives = '{ns}' }
        @{ Kind = 'EthernetFrame'; Make = 'New-EthernetFrame 52:54:00:12:34:56 -Payload "de ad be ef"'; Text = 'match:.*'; Take = '$far.Source'; Gives = '52:54:00:12:34:56' }
        @{ Kind = 'LinkReachability'; Make = 'New-MacvtapLink a, b eth0 -Up -NetworkNamespace {ns} | Out-Null; Test-LinkReachability a b -Kind Unicast -NetworkNamespace {ns}'; Text = 'match:.*'; Take = '"$($far.From) $($far.To)"'; Gives = 'a b' }
        @{ Kind = 'LinkPathHop'; Make = 'New-MacvtapLink a, b eth0 -Up -NetworkNamespace {ns} | Out-Null; Trace-LinkPath a b -NetworkNamespace {ns} | Select-Object -First 1'; Text = 'match:.*'; Take = '$far.Link'; Gives = 'a' }
        @{ Kind = 'LinkEvent'; Make = 'Watch-Link eth0 -InitialState -Count 1 -Timeout 5 -NetworkNamespace {ns}'; Text = 'match:.*eth0.*'; Take = '($far.Link | Get-Link).Name'; Gives = 'eth0' }
        @{ Kind = 'LinkStatisticsDelta'; Make = 'Get-LinkStatistics eth0 -Delta (Get-LinkStatistics eth0 -NetworkNamespace {ns}) -NetworkNamespace {ns}'; Text = 'eth0'; Take = '($far | Get-LinkStatistics).Name'; Gives = 'eth0' }
        @{ Kind = 'LinkAdvice'; Make = 'New-MacvtapLink a eth0 -NetworkNamespace {ns} | Get-LinkAdvice | Select-Object -First 1'; Text = 'match:a: .*'; Take = '($far | Get-Link).Name'; Gives = 'a' }
        @{ Kind = 'HostCheck'; Make = 'Test-MacvtapHost KindVeth -NetworkNamespace {ns}'; Text = 'match:KindVeth: Passed\. .*'; Take = '($far | ForEach-Object { Test-MacvtapHost $_.Name }).Name'; Gives = 'KindVeth' }
        @{ Kind = 'LinkProtection'; Make = 'New-MacvtapLink a eth0 -NetworkNamespace {ns} | Protect-Link -AllowSourceAddress Own; Get-LinkProtection a -NetworkNamespace {ns}'; Text = 'a'; Take = '$far | Unprotect-Link; @(Get-LinkProtection a -NetworkNamespace {ns}).Count'; Gives = '0' }
        @{ Kind = 'ReflectiveRelay'; Make = 'New-ReflectiveRelay r -NetworkNamespace {ns}'; Text = 'r'; Take = '$far | Remove-ReflectiveRelay; @(Get-ReflectiveRelay -NetworkNamespace {ns}).Count'; Gives = '0' }
        @{ Kind = 'LinkTopology'; Make = 'Get-LinkTopology eth0 -NetworkNamespace {ns}'; Text = 'match:\d+ nodes of network namespace {ns}'; Take = '($far.Node | Where-Object Name -EQ eth0 | Get-Link).Name'; Gives = 'eth0' }
        @{ Kind = 'TopologyLine'; Make = 'Show-LinkTopology eth0 -NetworkNamespace {ns} | Select-Object -First 1'; Text = 'match:br0  bridge .*'; Take = '($far | Get-Link).Name'; Gives = 'br0' }
        @{ Kind = 'ReachabilityMatrix'; Make = 'New-MacvtapLink a eth0 -Up -NetworkNamespace {ns} | Out-Null; Test-LinkReachability -LowerDevice eth0 -NetworkNamespace {ns}'; Text = 'match:(?s)eth0 \(port p0 of br0, hairpin off\).*'; Take = '@($far.Pair).Count'; Gives = '18' }
        @{ Kind = 'LibvirtInterface'; Make = "ConvertFrom-LibvirtXml -Path '$PSScriptRoot/libvirt.xml' | Select-Object -First 1"; Text = 'web1 mvt0'; Take = '($far | New-MacvtapLink -NetworkNamespace {ns}).Name'; Gives = 'mvt0' }
        @{ Kind = 'TapProcess'; Make = 'New-TapLink t -NetworkNamespace {ns} | Start-TapProcess true -StartupTime 0 | Wait-TapProcess'; Text = 'match:true \(\d+\)'; Take = '"$($far.LinkName) $($far.ExitCode)"'; Gives = 't 0' }
        @{ Kind = 'TapRelay'; Make = 'New-TapLink t -NetworkNamespace {ns} | Start-TapRelay | Stop-TapRelay -PassThru'; Text = 'relay of t'; Take = '($far | Get-Link).Name'; Gives = 't' }
        @{ Kind = 'FrameCapture'; Make = 'New-EthernetFrame ff:ff:ff:ff:ff:ff | Export-FrameCapture (Join-Path $TestDrive frames.pcapng) -Force -PassThru'; Text = 'match:.*/frames.pcapng: 1 frame, 14 bytes'; Take = '@($far | Import-FrameCapture).Count'; Gives = '1' }
        @{ Kind = 'LinkRate'; Make = 'Measure-LinkRate eth0 -Interval 0.1 -NetworkNamespace {ns}'; Text = 'match:.*'; Take = '($far | Get-LinkStatistics).Name'; Gives = 'eth0' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    $Manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')).Path
    Import-Module $Manifest

    function Invoke-Text {
        param([string] $Text)
        & ([scriptblock]::Create((Expand-Placeholder $lab $Text)))
    }

    # What the row's line makes of an object that came from somewhere else.
    function Test-Take {
        param($Far, [string] $Take, [string] $Gives)
        $ErrorActionPreference = 'Stop'
        $text = @(& ([scriptblock]::Create("param(`$far) $(Expand-Placeholder $lab $Take)")) $Far) -join ' '
        $text | Should -Be (Expand-Placeholder $lab $Gives)
    }
}

Describe 'The table of kinds' {
    # An open endpoint is no data; the others need a physical device, and a running QEMU (tests/Guest.Tests).
    It 'has every type of ours that a cmdlet emits' -ForEach @(@{ Kinds = $Kinds.Kind; Except = 'PhysicalLink', 'QemuNetworkDevice', 'TapEndpoint' }) {
        $emitted = (Get-Command -Module MacvtapTools).OutputType.Type | Where-Object { $_.Namespace -eq 'MacvtapTools' } | ForEach-Object Name | Sort-Object -Unique
        $emitted | Where-Object { $_ -notin $Kinds -and $_ -notin $Except } | Should -BeNullOrEmpty
    }
}

Describe '<Kind>' -ForEach $Kinds {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $object = @(Invoke-Text $Make)[-1]
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'is itself, and as text what a reader expects' {
        $object.GetType().Name | Should -Be $Kind
        $expected = Expand-Placeholder $lab $Text
        if ($expected.StartsWith('match:')) { "$object" | Should -Match "^$($expected.Substring(6))$" } else { "$object" | Should -Be $expected }
        "$object" | Should -Not -BeLike 'MacvtapTools.*' -Because 'the name of a type tells nothing'
    }

    It 'is complete as JSON, with names instead of numbers' {
        $json = $object | ConvertTo-Json -EnumsAsStrings -WarningVariable cut -WarningAction SilentlyContinue
        $cut | Should -BeNullOrEmpty -Because 'nothing is cut off'
        $far = $json | ConvertFrom-Json
        foreach ($property in $object.GetType().GetProperties()) {
            $far.psobject.Properties.Name | Should -Contain $property.Name
            $value = $property.GetValue($object)
            if ($value -is [enum]) { $far.($property.Name) | Should -Be "$value" }
            if ($value -is [string]) { $far.($property.Name) | Should -BeExactly $value }
        }
        $json | Should -Not -Match '": \{\}' -Because 'an empty object stands for something that JSON could not show'
    }

    It 'is taken from JSON by <Take>' { Test-Take ($object | ConvertTo-Json | ConvertFrom-Json) $Take $Gives }

    It 'is taken from JSON with names by <Take>' { Test-Take ($object | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json) $Take $Gives }

    It 'is taken as it comes from another process by <Take>' {
        $far = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($object, 2))
        $far.psobject.TypeNames[0] | Should -Be "Deserialized.$($object.GetType().FullName)"
        Test-Take $far $Take $Gives
    }
}
