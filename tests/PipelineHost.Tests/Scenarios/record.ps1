# Runs every scenario in a real PowerShell and writes what it saw as JSON.
#   pwsh -NoProfile -NonInteractive -File record.ps1 <scripts.txt> <SampleCmdlets.dll> <out.json>
# A line of scripts.txt is "name|script"; '~' in a script is a line break. Each runs in its own runspace.
# What -WhatIf shows goes to the host alone; a host of our own catches it.
param([string] $Scripts, [string] $Module, [string] $Out)
$ErrorActionPreference = 'Stop'

# The shell breaks lines between words in some languages only: here it speaks English, whatever the host does.
$culture = [cultureinfo]::new('en-US')
$culture.DateTimeFormat = [cultureinfo]::InvariantCulture.DateTimeFormat
[cultureinfo]::CurrentCulture = $culture
$Module = (Resolve-Path $Module).Path

Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

public sealed class CatchingUI : PSHostUserInterface
{
    public List<string> Lines { get; } = new List<string>();
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override string ReadLine() { throw NoPrompt(); }
    public override SecureString ReadLineAsSecureString() { throw NoPrompt(); }
    public override void Write(string value) { }
    public override void Write(ConsoleColor f, ConsoleColor b, string value) { }
    public override void WriteLine(string value) { Lines.Add(value); }
    public override void WriteErrorLine(string value) { }
    public override void WriteDebugLine(string value) { }
    public override void WriteProgress(long id, ProgressRecord record) { }
    public override void WriteVerboseLine(string value) { }
    public override void WriteWarningLine(string value) { }
    public override Dictionary<string, PSObject> Prompt(string c, string m, Collection<FieldDescription> d) { throw NoPrompt(); }
    public override PSCredential PromptForCredential(string c, string m, string u, string t) { throw NoPrompt(); }
    public override PSCredential PromptForCredential(string c, string m, string u, string t, PSCredentialTypes a, PSCredentialUIOptions o) { throw NoPrompt(); }
    public override int PromptForChoice(string c, string m, Collection<ChoiceDescription> choices, int d) { throw NoPrompt(); }
    private static Exception NoPrompt() { return new HostException("no prompt"); }
}

public sealed class CatchingHost : PSHost
{
    private readonly Guid id = Guid.NewGuid();
    public CatchingUI Catcher { get; } = new CatchingUI();
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override Guid InstanceId { get { return id; } }
    public override string Name { get { return "Catching"; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override PSHostUserInterface UI { get { return Catcher; } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int code) { }
}
'@

$results = foreach ($line in [IO.File]::ReadAllLines($Scripts)) {
    $name, $script = $line -split '\|', 2
    $script = $script.Replace('~', "`n")
    $catching = [CatchingHost]::new()
    $runspace = [runspacefactory]::CreateRunspace($catching)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $null = $shell.AddCommand('Import-Module').AddArgument($Module).Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddCommand('Update-FormatData').AddParameter('AppendPath', (Join-Path $PSScriptRoot 'Sample.format.ps1xml')).Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddScript('Get-Trace').Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddScript($script)
    $thrown = $null
    $output = @()
    try { $output = @($shell.Invoke()) } catch { $thrown = $_.Exception }
    while ($thrown -is [System.Management.Automation.MethodInvocationException]) { $thrown = $thrown.InnerException }
    $errors = @($shell.Streams.Error)
    if ($thrown) { $errors += $thrown.ErrorRecord }
    # Output that came before a script-ending error is lost to Invoke(); such scenarios put their error first.
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
