# Completion by the shell's own engine, in a shell that lives in the lab: what is offered, what it says, and that it means the link.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')

    function Get-Offer {
        param([string] $Line)
        $text = Expand-Placeholder $lab $Line
        (TabExpansion2 $text $text.Length).CompletionMatches
    }
}

Describe 'Completion' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
        $null = New-MacvtapLink mvt0 eth0 -Mode Bridge -NetworkNamespace $ns
        $null = New-MacvlanLink mvs0 eth0 -Mode Source -SourceAddress 525400110001, 525400110002 -Up -NetworkNamespace $ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'offers for "<Line>" what fits' -ForEach @(
        @{ Line = 'Enable-Link -NetworkNamespace {ns} '; Expected = 'mvt0' }
        @{ Line = 'Disable-Link -NetworkNamespace {ns} mv'; Expected = 'mvs0' }
        @{ Line = 'Set-LinkMode -NetworkNamespace {ns} '; Expected = 'mvs0', 'mvt0' }
        @{ Line = 'MacvtapTools\Enable-Hairpin -NetworkNamespace {ns} '; Expected = 'out1', 'p0' }
        @{ Line = 'Add-BridgePort -NetworkNamespace {ns} -Name '; Expected = 'mvs0', 'out0' }
        @{ Line = 'Grant-TapDevice -NetworkNamespace {ns} '; Expected = 'mvt0' }
        @{ Line = 'New-MacvtapLink new -NetworkNamespace {ns} -LowerDevice '; Expected = 'br0', 'eth0', 'out0' }
        @{ Line = 'New-MacvtapLink new -NetworkNamespace {ns} -Mode Passthru -LowerDevice '; Expected = 'br0', 'out0' }
        @{ Line = 'Remove-LinkSourceAddress mvs0 -NetworkNamespace {ns} -SourceAddress '; Expected = '52:54:00:11:00:01', '52:54:00:11:00:02' }
        @{ Line = 'Remove-LinkSourceAddress -Name mvs0 -NetworkNamespace {ns} -SourceAddress 52:54:00:11:00:01, 52:54:00:11:00:02'; Expected = '52:54:00:11:00:02' }
        @{ Line = 'Test-LinkReachability mvt0 -NetworkNamespace {ns} -To '; Expected = 'Host', 'mvs0', 'Outside' }
        @{ Line = 'New-MacvtapLink -NetworkNamespace {ns} '; Expected = 'mvt1' }
        @{ Line = 'Rename-Link mvt0 -NetworkNamespace {ns} -NewName '; Expected = 'link0' }
        @{ Line = 'New-TapLink tap0 -Owner roo'; Expected = 'root' }
    ) { (Get-Offer $Line).CompletionText | Sort-Object | Should -Be $Expected }

    It 'offers by an alias of the cmdlet' {
        Set-Alias mvtt-get Get-Link -Scope Global
        try { (Get-Offer 'mvtt-get -NetworkNamespace {ns} mv').CompletionText | Sort-Object | Should -Be 'mvs0', 'mvt0' } finally { Remove-Item Alias:mvtt-get }
    }

    It 'offers alternative names where they were begun, and says whose they are' {
        Add-LinkAlternativeName eth0 uplink-of-the-office -NetworkNamespace $ns
        $offer = Get-Offer 'Get-Link -NetworkNamespace {ns} upl'
        $offer.CompletionText | Should -Be 'uplink-of-the-office'
        $offer.ToolTip | Should -BeLike 'eth0, *veth, peer p0*'
        (Get-Offer 'Get-Link -NetworkNamespace {ns} ').CompletionText | Should -Not -Contain 'uplink-of-the-office'
    }

    It 'offers "<Name>" so that it means that link' -ForEach @(@{ Name = "it's" }, @{ Name = 'x[1]' }, @{ Name = 'a$b' }, @{ Name = '-v' }, @{ Name = '5' }, @{ Name = 'a;b' }, @{ Name = "o$([char]0x2019)b" }) {
        Invoke-Ip -n $ns link add name $Name type bridge
        $word = (Get-Offer 'Get-Link -NetworkNamespace {ns} -Name ' | Where-Object ListItemText -CEQ $Name).CompletionText
        (Invoke-Expression "Get-Link -Name $word -NetworkNamespace $ns").Name | Should -BeExactly $Name
        $word = (Get-Offer 'New-MacvlanLink new -NetworkNamespace {ns} -LowerDevice ' | Where-Object ListItemText -CEQ $Name).CompletionText
        (Invoke-Expression "New-MacvlanLink new $word -NetworkNamespace $ns").LowerDevice | Should -BeExactly $Name
    }

    It 'says nothing and offers nothing of ours in a namespace that is not there' {
        $Error.Clear()
        Get-Offer 'Get-Link -NetworkNamespace no-such-namespace -Name mv' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    # Not the 30 ms of tests/Benchmarks, which is measured on a quiet machine: what hangs, or reads each link by itself.
    It 'takes no time worth telling with 1000 links' {
        1..1000 | ForEach-Object { "m$_" } | New-MacvlanLink -LowerDevice eth0 -Mode Bridge -NetworkNamespace $ns | Out-Null
        $null = Get-Offer 'Get-Link -NetworkNamespace {ns} '
        $times = foreach ($i in 1..5) { (Measure-Command { $script:offer = Get-Offer 'Get-Link -NetworkNamespace {ns} ' }).TotalMilliseconds }
        $offer.Count | Should -Be 1008
        Write-Host "Tab among 1000 links: $([int] ($times | Measure-Object -Minimum).Minimum) ms at best"
        ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 500
    }
}
