# The nouns BridgePort and Hairpin, as people use them.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')
}

Describe 'Bridge ports' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'builds a bridge with a reflective relay from nothing' {
        $null = New-BridgeLink sw -Up -ForwardDelay 0 -NetworkNamespace $ns
        $null = New-VethLink up down -Up -NetworkNamespace $ns
        $port = Add-BridgePort down sw -PassThru -NetworkNamespace $ns | Enable-Hairpin -PassThru -WarningAction SilentlyContinue
        $port.Hairpin | Should -BeTrue
        $port.Bridge | Should -Be 'sw'
        (Invoke-Ip -n $ns -d -j link show down | ConvertFrom-Json).linkinfo.info_slave_data.hairpin | Should -BeTrue
    }

    It 'agrees with ip about hairpin' {
        Enable-Hairpin p0 -NetworkNamespace $ns
        (Invoke-Ip -n $ns -d -j link show p0 | ConvertFrom-Json).linkinfo.info_slave_data.hairpin | Should -BeTrue
        Disable-Hairpin p0 -NetworkNamespace $ns
        (Invoke-Ip -n $ns -d -j link show p0 | ConvertFrom-Json).linkinfo.info_slave_data.hairpin | Should -BeFalse
    }

    It 'lists the ports whose hairpin is on' {
        Enable-Hairpin out1 -NetworkNamespace $ns
        Get-BridgePort -NetworkNamespace $ns | Where-Object Hairpin | ForEach-Object Name | Should -Be 'out1'
    }

    It 'moves a port to another bridge' {
        $null = New-BridgeLink br1 -NetworkNamespace $ns
        $port = Remove-BridgePort p0 -PassThru -NetworkNamespace $ns | Add-BridgePort -Bridge br1 -PassThru
        $port.Bridge | Should -Be 'br1'
    }

    It 'tells where hairpin belongs' {
        $null = New-MacvtapLink mvt0 eth0 -NetworkNamespace $ns
        Enable-Hairpin mvt0 -NetworkNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable wrong
        $wrong[0].ErrorDetails.RecommendedAction | Should -BeLike "*Enable-Hairpin p0 -NetworkNamespace $ns"
        Invoke-Expression ($wrong[0].ErrorDetails.RecommendedAction -replace '^.*(Enable-Hairpin .*)$', '$1')
        (Get-BridgePort p0 -NetworkNamespace $ns).Hairpin | Should -BeTrue
    }
}
