# The noun LinkMode, as people use it.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')
}

Describe 'Modes' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'goes from <_> to every mode but Passthru' -ForEach 'Private', 'Vepa', 'Bridge', 'Source' {
        foreach ($to in 'Private', 'Vepa', 'Bridge', 'Source') {
            $null = New-MacvtapLink m eth0 -Mode $_ -NetworkNamespace $ns
            (Set-LinkMode m $to -PassThru -NetworkNamespace $ns).Mode | Should -Be $to
            (Invoke-Ip -n $ns -d -j link show m | ConvertFrom-Json).linkinfo.info_data.mode | Should -Be $to.ToLowerInvariant()
            Remove-Link m -NetworkNamespace $ns
        }
    }

    It 'does not go between Passthru and any other' {
        foreach ($other in 'Private', 'Vepa', 'Bridge', 'Source') {
            $null = New-MacvtapLink m eth0 -Mode $other -NetworkNamespace $ns
            { Set-LinkMode m Passthru -NetworkNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'ModeChangeNotAllowed,*'
            Remove-Link m -NetworkNamespace $ns
            $null = New-MacvtapLink m eth0 -Mode Passthru -NetworkNamespace $ns
            { Set-LinkMode m $other -NetworkNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'ModeChangeNotAllowed,*'
            Remove-Link m -NetworkNamespace $ns
        }
    }

    It 'takes the mode by number and in any case' {
        $null = New-MacvtapLink m eth0 -NetworkNamespace $ns
        (Set-LinkMode m 4 -PassThru -NetworkNamespace $ns).Mode | Should -Be 'Bridge'
        (Set-LinkMode m private -PassThru -NetworkNamespace $ns).Mode | Should -Be 'Private'
    }

    It 'replaces the list of source addresses' {
        $null = New-MacvtapLink m eth0 -Mode Source -SourceAddress 52:54:00:00:00:01, 52:54:00:00:00:02 -NetworkNamespace $ns
        (Set-LinkMode m Source -SourceAddress 52:54:00:00:00:03 -PassThru -NetworkNamespace $ns).SourceAddress | Should -Be '52:54:00:00:00:03'
    }
}
