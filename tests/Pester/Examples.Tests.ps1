# Every example of the help pages and of the README, as if typed at the prompt of a lab of its own (Invoke-Example.ps1, one process for all of them). What a page shows
# has to come: the same lines and columns; numbers, MAC addresses and times may differ.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Examples = Get-PreparedExample
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap
    if (-not $Missing) { $Results = Invoke-PreparedExample (Get-PreparedExample) }
}

Describe 'Examples' {
    It '<Key>: <Title>' -ForEach $Examples {
        $reason = @($Missing, $Skip | Where-Object { $_ })
        if ($reason) { Set-ItResult -Skipped -Because $reason[0]; return }
        $result = $Results[$Key]
        $result | Should -Not -BeNullOrEmpty -Because 'it was to be run'
        $differences = @(Get-ExampleDifference $_ $result)
        if ($differences) { throw "$Code`n`n$($differences -join "`n")`n`n$($result.Text)" }
    }

    It 'knows no example that is not there' {
        Get-PreparationWithoutExample | Should -BeNullOrEmpty
    }
}
