# Runs rows of tests/Scenarios in a runspace of the real shell; the twin of tests/Cmdlet.Tests/Scenarios/ScenarioRunner.cs.
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
if (-not ('MacvtapTools.Pester.CatchingHost' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot 'CatchingHost.cs') }
$Manifest = Join-Path $PSScriptRoot '../../MacvtapTools.psd1'

# A runspace with the module in it, whose host catches what -WhatIf says.
function New-ScenarioShell {
    $catching = [MacvtapTools.Pester.CatchingHost]::new()
    $runspace = [runspacefactory]::CreateRunspace($catching)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    $null = $shell.AddCommand('Import-Module').AddParameter('Name', $Manifest).Invoke()
    if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
    $shell.Dispose()
    [pscustomobject]@{ Host = $catching; Runspace = $runspace }
}

function Invoke-Line {
    param($Shell, [string] $Script)
    $Shell.Host.WhatIf.Clear()
    $Shell.Host.Prompts.Clear()
    $powershell = [powershell]::Create($Shell.Runspace)
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $thrown = $null
    try {
        $null = $powershell.AddScript($Script)
        try { $powershell.Invoke($null, $output) } catch { $thrown = $_.Exception }
        while ($thrown -is [Management.Automation.MethodInvocationException]) { $thrown = $thrown.InnerException }
        $errors = @($powershell.Streams.Error | ForEach-Object { $_ })
        if ($thrown) { $errors += $thrown.ErrorRecord }
        [pscustomobject]@{
            Output = @($output)
            Errors = @($errors)
            Warnings = @($powershell.Streams.Warning | ForEach-Object Message)
            WhatIf = @($Shell.Host.WhatIf)
            Prompts = @($Shell.Host.Prompts)
            Stopped = $thrown -is [Management.Automation.ActionPreferenceStopException]
        }
    }
    finally {
        $powershell.Dispose()
    }
}

function ConvertTo-Text {
    param($Value)
    if ($null -eq $Value) { return '' }
    if ($Value -is [psobject]) { $Value = $Value.psobject.BaseObject }
    if ($Value -is [string]) { return $Value }
    if ($Value -is [Collections.IDictionary]) { return $Value.ToString() }
    if ($Value -is [Collections.IEnumerable]) { return (@($Value | ForEach-Object { ConvertTo-Text $_ }) -join ',') }
    [Convert]::ToString($Value, [cultureinfo]::InvariantCulture)
}

function Test-Text {
    param([string] $What, [string] $Expected, [string] $Actual)
    $same = if ($Expected.StartsWith('match:')) { $Actual -cmatch "^(?:$($Expected.Substring(6)))$" } else { $Expected -ceq $Actual }
    if (-not $same) { "${What}: expected '$Expected', got '$Actual'" }
}

function Test-Contained {
    param([string] $What, [string] $Expected, [string] $Actual)
    if (-not $Actual.Contains($Expected)) { "${What}: expected to find '$Expected' in '$Actual'" }
}

function Test-Texts {
    param([hashtable] $Lab, [string] $What, [string[]] $Expected, [string[]] $Actual)
    if (@($Expected).Count -ne @($Actual).Count) { return "${What}s: expected $(@($Expected).Count), got $(@($Actual).Count): $($Actual -join ' | ')" }
    for ($i = 0; $i -lt @($Expected).Count; $i++) { Test-Contained "$What $i" (Expand-Placeholder $Lab $Expected[$i]) $Actual[$i] }
}

function Test-Output {
    param([hashtable] $Lab, [string] $What, [object[]] $Expected, [object[]] $Actual)
    if ($Expected.Count -ne $Actual.Count) { return "${What}: expected $($Expected.Count) objects, got $($Actual.Count): $(@($Actual | ForEach-Object { ConvertTo-Text $_ }) -join ', ')" }
    for ($i = 0; $i -lt $Expected.Count; $i++) {
        if ($Expected[$i] -isnot [Collections.IDictionary]) {
            Test-Text "$What[$i]" (Expand-Placeholder $Lab $Expected[$i]) (ConvertTo-Text $Actual[$i])
            continue
        }
        foreach ($property in $Expected[$i].Keys) {
            $member = $Actual[$i].psobject.Properties[$property]
            $value = if ($property -eq '@type') { $Actual[$i].psobject.BaseObject.GetType().FullName } elseif ($member) { $member.Value }
            Test-Text "$What[$i].$property" (Expand-Placeholder $Lab $Expected[$i][$property]) (ConvertTo-Text $value)
        }
    }
}

function Test-Errors {
    param([hashtable] $Lab, [object[]] $Expected, [object[]] $Actual)
    if ($Expected.Count -ne $Actual.Count) { return "errors: expected $($Expected.Count), got $($Actual.Count): $(@($Actual | ForEach-Object { "$($_.FullyQualifiedErrorId) ($_)" }) -join ', ')" }
    for ($i = 0; $i -lt $Expected.Count; $i++) {
        $row = $Expected[$i]
        $record = $Actual[$i]
        $id, $command = $row.id -split ','
        Test-Text "errors[$i].id" $(if ($command) { "$id,MacvtapTools.Commands.${command}Command" } else { $id }) $record.FullyQualifiedErrorId
        Test-Text "errors[$i].category" $row.category $record.CategoryInfo.Category
        if ($row.ContainsKey('advice')) { Test-Contained "errors[$i].advice" (Expand-Placeholder $Lab $row.advice) $(if ($record.ErrorDetails) { $record.ErrorDetails.RecommendedAction }) }
        if ($row.ContainsKey('message')) { Test-Contained "errors[$i].message" (Expand-Placeholder $Lab $row.message) "$record" }
        if ($row.ContainsKey('target')) { Test-Text "errors[$i].target" (Expand-Placeholder $Lab $row.target) (ConvertTo-Text $record.TargetObject) }
    }
}

# Runs one row; gives a sentence for each difference.
function Test-Scenario {
    param($Shell, [hashtable] $Lab, [Collections.IDictionary] $Scenario)
    $list = { param($name) if ($Scenario.ContainsKey($name)) { , @($Scenario[$name]) } else { , @() } }
    $Shell.Host.Answer = if ($Scenario.ContainsKey('answer')) { $Scenario.answer }
    $result = Invoke-Line $Shell (Expand-Placeholder $Lab (@($Scenario.script) -join "`n"))
    if ($Scenario.ContainsKey('count')) {
        if ($result.Output.Count -ne $Scenario.count) { "output: expected $($Scenario.count) objects, got $($result.Output.Count)" }
    }
    else { Test-Output $Lab 'output' (& $list 'output') $result.Output }
    Test-Errors $Lab (& $list 'errors') $result.Errors
    Test-Texts $Lab 'warning' (& $list 'warnings') $result.Warnings
    Test-Texts $Lab 'what-if text' (& $list 'whatIf') $result.WhatIf
    Test-Texts $Lab 'prompt' (& $list 'prompts') $result.Prompts
    $stops = $Scenario.ContainsKey('stops') -and $Scenario.stops
    if ($stops -ne $result.Stopped) { "stops: expected $stops, got $($result.Stopped)" }
    if ($Scenario.ContainsKey('then')) {
        $later = Invoke-Line $Shell (Expand-Placeholder $Lab (@($Scenario.then) -join "`n"))
        Test-Output $Lab 'after' (& $list 'after') $later.Output
        $later.Errors | ForEach-Object { "looking afterwards failed: $($_.FullyQualifiedErrorId): $_" }
    }
}

Export-ModuleMember -Function New-ScenarioShell, Test-Scenario
