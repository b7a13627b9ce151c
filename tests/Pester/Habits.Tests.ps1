# docs/habits.md: each row's two lines run in equal labs, and the kernel has to be in the same state afterwards, as ip and bridge tell it. The page is the data.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Habits = Get-Habit
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap
    if (-not $Missing) {
        $rows = foreach ($row in Get-Habit) {
            @{ Key = "$($row.Key) habit"; Code = $row.Habit; Before = $row.Before; Snapshot = $true }
            @{ Key = "$($row.Key) ours"; Code = $row.Ours; Before = $row.Before; Snapshot = $true }
        }
        $Results = Invoke-PreparedExample (@($rows) + @{ Key = 'nothing'; Code = ''; Before = @($rows)[0].Before; Snapshot = $true })
    }
}

Describe 'Habits' {
    It '<Key>: <Ours>' -ForEach $Habits {
        if ($Missing) { Set-ItResult -Skipped -Because $Missing; return }
        $left, $right = $Results["$Key habit"], $Results["$Key ours"]
        foreach ($result in $left, $right) { $result.Problems + $result.Errors | Should -BeNullOrEmpty }
        $left.ExitCode | Should -Be 0 -Because "'$Habit' has to work: $($left.Text)"
        if ($Alone) { return }
        $right.State | Should -BeExactly $left.State
        if ($Changes) { $left.State | Should -Not -BeExactly $Results["nothing"].State -Because "'$Habit' changes something" }
    }

    It 'compares many rows' { @(Get-Habit).Count | Should -BeGreaterThan 60 }
}
