# The tables of tests/Scenarios in the real shell. The same tables run in the stand-in: tests/Cmdlet.Tests/Scenarios.
BeforeDiscovery {
    $Topics = Get-ChildItem (Join-Path $PSScriptRoot '../Scenarios') -Filter *.json | Sort-Object Name | ForEach-Object {
        @{ Topic = $_.BaseName; Scenarios = @(Get-Content $_ -Raw | ConvertFrom-Json -AsHashtable | ForEach-Object { @{ Name = $_.name; Scenario = $_ } }) }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot 'ScenarioRunner.psm1')
    $Shell = New-ScenarioShell
}

AfterAll { $Shell.Runspace.Dispose() }

Describe 'Scenarios: <Topic>' -ForEach $Topics {
    It '<Name>' -ForEach $Scenarios {
        $missing = Get-MissingReason -Kind (@('veth', 'bridge') + @($Scenario['needs'] | Where-Object { $_ }))
        if ($missing) { Set-ItResult -Skipped -Because $missing; return }
        $lab = New-Lab
        try { $differences = @(Test-Scenario $Shell $lab $Scenario) } finally { Remove-Lab $lab }
        if ($differences) { throw "$(@($Scenario.script) -join "`n")`n`n$($differences -join "`n")" }
    }
}
