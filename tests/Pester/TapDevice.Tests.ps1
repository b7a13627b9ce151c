# The noun TapDevice, as people use it.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')
}

Describe 'Tap devices' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'has the node''s numbers' {
        $device = New-MacvtapLink mvt0 eth0 -InterfaceIndex $lab.i1 -NetworkNamespace $ns | Get-TapDevice
        $device.State | Should -Be 'Ready'
        '{0:x}:{1:x}' -f $device.NodeMajor, $device.NodeMinor | Should -Be (stat -c '%t:%T' $device.Path)
        $device.Major | Should -Be $device.NodeMajor
        $device.Minor | Should -Be $device.NodeMinor
    }

    It 'says who holds it' {
        $device = New-MacvtapLink mvt0 eth0 -Up -InterfaceIndex $lab.i1 -NetworkNamespace $ns | Get-TapDevice
        $device.Holder | Should -BeNullOrEmpty
        $open = [IO.File]::Open($device.Path, 'Open', 'ReadWrite', 'ReadWrite')
        try {
            $holder = (Get-TapDevice mvt0 -NetworkNamespace $ns).Holder
            $holder.ProcessId | Should -Be $PID
            "$holder" | Should -Be "pwsh($PID)"
        }
        finally { $open.Dispose() }
    }

    It 'says Shadowed where the path leads to another link''s device' {
        $other = New-LabNamespace other.batch
        $lab.other = $other
        $first = New-MacvtapLink first eth0 -InterfaceIndex $lab.i1 -NetworkNamespace $ns | Get-TapDevice
        $second = New-MacvtapLink second far0 -InterfaceIndex $lab.i1 -NetworkNamespace $other | Get-TapDevice
        $first.State | Should -Be 'Ready'
        $second.State | Should -Be 'Shadowed'
        $second.Path | Should -Be $first.Path
        $second.NodeMinor | Should -Be $first.Minor
        $second.Minor | Should -Not -Be $first.Minor
    }

    It 'says Missing where the node was deleted' {
        $null = New-MacvtapLink mvt0 eth0 -InterfaceIndex $lab.i1 -NetworkNamespace $ns
        Remove-Item "/dev/tap$($lab.i1)"
        (Get-TapDevice mvt0 -NetworkNamespace $ns).State | Should -Be 'Missing'
    }
}
