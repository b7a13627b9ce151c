# Who reaches whom, as people ask.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')
}

Describe 'Reachability' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'does not take a group that shares a place in the filter for a difference' {
        # At each link it is one group of a hundred or so: at one of forty links soon one is found.
        $null = 0..39 | ForEach-Object { "a$_" } | New-MacvlanLink -LowerDevice eth0 -Up -NetworkNamespace $ns
        foreach ($group in 1..60) {
            $pairs = @((Test-LinkReachability -LowerDevice eth0 -Kind Multicast -Group "01:00:5e:01:02:$($group.ToString('x2'))" -Probe -NetworkNamespace $ns).Pair)
            $pairs | Where-Object Differs | Should -BeNullOrEmpty
            $byChance = @($pairs | Where-Object IsByChance)
            if ($byChance) { break }
        }
        $byChance | Should -Not -BeNullOrEmpty
        $byChance[0].Measured | Should -Be 'Delivered'
        $byChance[0].Reachable | Should -Be 'NotDelivered'
        $byChance[0].Reason | Should -BeLike '*does not let 01:00:5e:01:02:?? in (its filter of 256 places*; this one does'
    }
}
