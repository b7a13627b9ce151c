<#
.SYNOPSIS
Runs the Pester suites and writes what came of each test as JSON; tests/Cmdlet.Tests/Pester reads it. Without -Out it is an ordinary Pester run.
.PARAMETER Pester
The Pester to run them with; dotnet test gives the one that the build restored.
#>
param([string] $Out, [string] $Path = $PSScriptRoot, [string] $Output = 'None', [string] $Pester = 'Pester')
$ErrorActionPreference = 'Stop'
Import-Module $Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($Out) { $Output } else { 'Detailed' }
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration
if (-not $Out) { exit [int]($run.FailedCount -gt 0) }

$tests = foreach ($test in $run.Tests) {
    [ordered]@{
        suite    = Split-Path $test.ScriptBlock.File -LeafBase
        name     = $test.ExpandedPath
        result   = [string] $test.Result
        seconds  = $test.Duration.TotalSeconds
        reason   = @($test.ErrorRecord | ForEach-Object { "$_" }) -join "`n"
    }
}

# What failed outside of a test: a file that cannot be read, a BeforeAll that threw.
$blocks = foreach ($broken in @($run.FailedBlocks) + @($run.FailedContainers)) {
    [ordered]@{ suite = [string] $broken; name = "$($broken.ExpandedName) (setup)"; result = 'Failed'; seconds = 0; reason = @($broken.ErrorRecord | ForEach-Object { "$_" }) -join "`n" }
}

$report = [ordered]@{
    shell = [string] $PSVersionTable.PSVersion
    pester = [string] (Get-Module Pester).Version
    tests = @($tests) + @($blocks)
}
[IO.File]::WriteAllText($Out, (ConvertTo-Json $report -Depth 5))
