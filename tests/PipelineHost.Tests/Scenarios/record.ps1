# Runs every scenario in a real PowerShell and writes what it saw as JSON.
#   pwsh -NoProfile -NonInteractive -File record.ps1 <scripts.txt> <SampleCmdlets.dll> <out.json>
# A line of scripts.txt is "name|script"; '~' in a script is a line break. Each runs in its own runspace.
# What -WhatIf shows goes to the host alone; a host of our own catches it.
param([string] $Scripts, [string] $Module, [string] $Out)
$ErrorActionPreference = 'Stop'
$Module = (Resolve-Path $Module).Path

[NoRunspaceAffinity()]
class CatchingUI : System.Management.Automation.Host.PSHostUserInterface {
    [System.Collections.Generic.List[string]] $Lines = [System.Collections.Generic.List[string]]::new()
    [System.Management.Automation.Host.PSHostRawUserInterface] get_RawUI() { return $null }
    [string] ReadLine() { throw 'no input' }
    [securestring] ReadLineAsSecureString() { throw 'no input' }
    [void] Write([string] $value) { }
    [void] Write([ConsoleColor] $f, [ConsoleColor] $b, [string] $value) { }
    [void] WriteLine([string] $value) { $this.Lines.Add($value) }
    [void] WriteErrorLine([string] $value) { }
    [void] WriteDebugLine([string] $value) { }
    [void] WriteProgress([long] $id, [System.Management.Automation.ProgressRecord] $record) { }
    [void] WriteVerboseLine([string] $value) { }
    [void] WriteWarningLine([string] $value) { }
    [System.Collections.Generic.Dictionary[string, psobject]] Prompt([string] $c, [string] $m, [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.FieldDescription]] $d) {
        throw [System.Management.Automation.PSInvalidOperationException]::new('no prompt')
    }
    [pscredential] PromptForCredential([string] $c, [string] $m, [string] $u, [string] $t) { throw 'no prompt' }
    [pscredential] PromptForCredential([string] $c, [string] $m, [string] $u, [string] $t, [System.Management.Automation.PSCredentialTypes] $a, [System.Management.Automation.PSCredentialUIOptions] $o) { throw 'no prompt' }
    [int] PromptForChoice([string] $c, [string] $m, [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.ChoiceDescription]] $choices, [int] $d) { throw 'no prompt' }
}
[NoRunspaceAffinity()]
class CatchingHost : System.Management.Automation.Host.PSHost {
    [CatchingUI] $Catcher = [CatchingUI]::new()
    [guid] $Id = [guid]::NewGuid()
    [cultureinfo] get_CurrentCulture() { return [cultureinfo]::InvariantCulture }
    [cultureinfo] get_CurrentUICulture() { return [cultureinfo]::InvariantCulture }
    [guid] get_InstanceId() { return $this.Id }
    [string] get_Name() { return 'Catching' }
    [version] get_Version() { return '1.0' }
    [System.Management.Automation.Host.PSHostUserInterface] get_UI() { return $this.Catcher }
    [void] EnterNestedPrompt() { }
    [void] ExitNestedPrompt() { }
    [void] NotifyBeginApplication() { }
    [void] NotifyEndApplication() { }
    [void] SetShouldExit([int] $code) { }
}

$results = foreach ($line in [IO.File]::ReadAllLines($Scripts)) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $name, $script = $line -split '\|', 2
    $script = $script.Replace('~', "`n")
    $catching = [CatchingHost]::new()
    $runspace = [runspacefactory]::CreateRunspace($catching)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $null = $shell.AddCommand('Import-Module').AddArgument($Module).Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddScript($script)
    $thrown = $null
    $output = @()
    try { $output = @($shell.Invoke()) } catch { $thrown = $_.Exception }
    while ($thrown -is [System.Management.Automation.MethodInvocationException]) { $thrown = $thrown.InnerException }
    $errors = @($shell.Streams.Error)
    if ($thrown) { $errors += $thrown.ErrorRecord }
    # Output that came before a script-ending error is lost to Invoke(); such scenarios put their error first.
    Write-Host ("{0,6} {1}" -f $watch.ElapsedMilliseconds, $name)
    [ordered]@{
        name = $name
        script = $script
        output = @($output | ForEach-Object { if ($null -eq $_) { '<null>' } else { [string] $_ } })
        errors = @($errors | ForEach-Object FullyQualifiedErrorId)
        messages = @($errors | ForEach-Object { [string] $_ })
        categories = @($errors | ForEach-Object { [string] $_.CategoryInfo.Category })
        warnings = @($shell.Streams.Warning | ForEach-Object Message)
        verbose = @($shell.Streams.Verbose | ForEach-Object Message)
        debug = @($shell.Streams.Debug | ForEach-Object Message)
        whatIf = @($catching.Catcher.Lines)
        ended = [bool] $thrown
    }
    $shell.Dispose()
    $runspace.Dispose()
}

[IO.File]::WriteAllText($Out, (ConvertTo-Json -InputObject @($results) -Depth 5) + "`n")
