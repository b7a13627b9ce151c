# Runs the tour's statements in PowerShell: one comes in as a line, its result goes out as a line of JSON after a record separator.
# What the shell itself writes in between (-WhatIf) goes out as it is.
param([string[]] $Manifest, [int] $Width)

# A shell breaks lines between words only where it knows the language; numbers and times are the same for everybody.
$__culture = [cultureinfo]::new('en-US')
$__culture.NumberFormat, $__culture.DateTimeFormat = [cultureinfo]::InvariantCulture.NumberFormat, [cultureinfo]::InvariantCulture.DateTimeFormat
[cultureinfo]::CurrentCulture = $__culture
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
foreach ($path in ($Manifest -split ';')) { Import-Module $path }

function Write-TourResult([hashtable] $Result) {
    [Console]::Out.WriteLine([char] 0x1E + (ConvertTo-Json $Result -Compress -Depth 3))
    [Console]::Out.Flush()
}

function ConvertTo-TourError([System.Management.Automation.ErrorRecord] $Record) {
    $advice = $Record.ErrorDetails.RecommendedAction
    $message = $Record.ErrorDetails.Message ?? $Record.Exception.Message
    @{
        Id      = $Record.FullyQualifiedErrorId
        Command = $Record.InvocationInfo.MyCommand.Name
        Message = $message
        # In PowerShell 7.4 the message has it.
        Advice  = if ($advice -and -not $message.Contains($advice)) { $advice }
    }
}

Write-TourResult @{ Version = "$($PSVersionTable.PSVersion)" }
while ($null -ne ($__line = [Console]::In.ReadLine())) {
    $__all = try { . ([scriptblock]::Create($__line)) 2>&1 3>&1 } catch { $_ }
    $__errors = @($__all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { ConvertTo-TourError $_ })
    $__warnings = @($__all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | ForEach-Object Message)
    $__output = @($__all | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] -and $_ -isnot [System.Management.Automation.WarningRecord] })
    Write-TourResult @{ Warnings = $__warnings; Errors = $__errors; Text = if ($__output) { $__output | Out-String -Width $Width } else { '' } }
}
