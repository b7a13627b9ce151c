#!/usr/bin/env pwsh
<#
.SYNOPSIS
Makes en-US/MacvtapTools.dll-Help.xml from the pages in docs/, and fails where pages and cmdlets have drifted apart.
.DESCRIPTION
Needs the built module (./build.ps1) and Microsoft.PowerShell.PlatyPS. With -CheckOnly nothing is written, and help that is not up to date is a failure.
.EXAMPLE
./docs/Update-Help.ps1
.EXAMPLE
./docs/Update-Help.ps1 -CheckOnly
#>
[CmdletBinding()]
param(
    # Compares only.
    [switch] $CheckOnly
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$Root = Split-Path $PSScriptRoot
$Culture = Join-Path $Root 'en-US'
$HelpFile = Join-Path $Culture 'MacvtapTools.dll-Help.xml'
$LongestAboutLine = 80
$FewestExamples = 3

# Help is indented by up to eight columns. The shell breaks longer lines too, but in some cultures in the middle of a word.
$TextWidth = 72

# The shell adds these to every cmdlet, or to every cmdlet that asks before it acts.
$CommonParameters = [System.Management.Automation.Cmdlet]::CommonParameters

# The shell drops paragraphs that are empty. A zero-width space makes a blank line between two paragraphs, a no-break space one after the last.
$BlankLine = [string][char]0x200B
$BlankEnd = [string][char]0xA0

$problems = [System.Collections.Generic.List[string]]::new()

function Get-Section {
    param([string] $Text, [string] $Title)
    if ($Text -match "(?ms)^## $([regex]::Escape($Title))\n(.*?)(?=^## |\z)") { $Matches[1] } else { '' }
}

# One page against its cmdlet: everything that the cmdlet has is described, and nothing that it has not.
function Test-Page {
    param([System.Management.Automation.CommandInfo] $Command, [string] $Path)
    $name = $Command.Name
    $text = (Get-Content $Path -Raw) -replace "`r`n", "`n"
    if ($text -match '\{\{.*?\}\}') { "${name}: a placeholder is left: $($Matches[0])" }

    foreach ($title in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
        if ((Get-Section $text $title).Trim().Length -eq 0) { "${name}: the section $title is empty or missing." }
    }

    $examples = [regex]::Matches((Get-Section $text 'EXAMPLES'), '(?m)^### Example \d+: .+$').Count
    if ($examples -lt $FewestExamples) { "${name}: $examples examples; there should be at least $FewestExamples." }

    $documented = @{}
    foreach ($match in [regex]::Matches((Get-Section $text 'PARAMETERS'), '(?ms)^### -(\w+)\n(.*?)```yaml\n(.*?)^```')) {
        $documented[$match.Groups[1].Value] = @{ Text = $match.Groups[2].Value.Trim(); Facts = $match.Groups[3].Value }
    }

    $real = @($Command.Parameters.Values | Where-Object Name -NotIn $CommonParameters)
    $real | Where-Object { -not $documented.ContainsKey($_.Name) } | ForEach-Object { "${name}: parameter -$($_.Name) is not documented." }
    $documented.Keys | Where-Object { $_ -notin $real.Name } | ForEach-Object { "${name}: parameter -$_ is documented, and the cmdlet has none of that name." }
    foreach ($parameter in $real | Where-Object { $documented.ContainsKey($_.Name) }) {
        Test-Parameter $name $parameter $documented[$parameter.Name]
    }

    # Each parameter set as the shell itself writes it, but for line breaks and the common parameters.
    $syntax = (Get-Section $text 'SYNTAX') -replace '\s+', ' '
    foreach ($set in $Command.ParameterSets) {
        $words = "$name $($set.ToString() -replace ' \[<CommonParameters>\]$', '')".Trim()
        if (-not $syntax.Contains($words)) { "${name}: the syntax of the parameter set $($set.Name) is not: $words" }
    }

    foreach ($link in [regex]::Matches($text, '\]\((?!https?://)([^)#]+)\)').ForEach({ $_.Groups[1].Value })) {
        if (-not (Test-Path (Join-Path $PSScriptRoot $link))) { "${name}: the link to $link leads nowhere." }
    }
}

# Type, aliases, wildcards, position and the rest, as the page has them in YAML.
function Test-Parameter {
    param([string] $Cmdlet, [System.Management.Automation.ParameterMetadata] $Parameter, [hashtable] $Page)
    $what = "${Cmdlet}: parameter -$($Parameter.Name)"
    if ($Page.Text.Length -eq 0) { "$what has no text." }
    $type = $Parameter.ParameterType.ToString()
    if ($Page.Facts -notmatch "(?m)^Type: $([regex]::Escape($type))$") { "${what}: the type is $type, and the page does not say so." }
    $wildcards = @($Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
    if ($Page.Facts -notmatch "(?m)^SupportsWildcards: $wildcards$") { "${what}: SupportsWildcards is $wildcards, and the page does not say so." }
    $aliases = @([regex]::Matches($Page.Facts, '(?ms)^Aliases:\n((?:- .*?\n)+)').ForEach({ $_.Groups[1].Value -split "`n" }) -replace '^- ', '' | Where-Object { $_ })
    if (($aliases | Sort-Object) -join ',' -ne (($Parameter.Aliases | Sort-Object) -join ',')) {
        "${what}: the aliases are $($Parameter.Aliases -join ', ') and the page has $($aliases -join ', ')."
    }

    foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
        $title = if ($set.Key -eq '__AllParameterSets') { '(All)' } else { $set.Key }
        $facts = [regex]::Match($Page.Facts, "(?ms)^- Name: $([regex]::Escape($title))\n(.*?)(?=^- Name: |^\w)").Groups[1].Value
        $expected = [ordered]@{
            Position = if ($set.Value.Position -eq [int]::MinValue) { 'Named' } else { $set.Value.Position }
            IsRequired = $set.Value.IsMandatory
            ValueFromPipeline = $set.Value.ValueFromPipeline
            ValueFromPipelineByPropertyName = $set.Value.ValueFromPipelineByPropertyName
        }
        foreach ($fact in $expected.GetEnumerator()) {
            if ($facts -notmatch "(?m)^  $($fact.Key): $($fact.Value)$") { "${what}, set ${title}: $($fact.Key) is $($fact.Value), and the page does not say so." }
        }
    }
}

# Lines of words, none longer than fits.
function Format-Line {
    param([string] $Text, [string] $Indent = '')
    $lines = [System.Collections.Generic.List[string]]::new()
    $line = ''
    foreach ($word in $Text -split '\s+' | Where-Object { $_ }) {
        if ($line -and $line.Length + 1 + $word.Length -gt $TextWidth) {
            $lines.Add($line)
            $line = $Indent + $word
        }
        else { $line = if ($line) { "$line $word" } else { $word } }
    }
    $lines.Add($line)
    $lines -join "`n"
}

# Text for a terminal: no Markdown in it.
function ConvertTo-Plain {
    param([string] $Text)
    $Text = $Text -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`([^`]+)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
    $blocks = foreach ($block in $Text.Trim() -split "`n`n+") {
        if ($block -match '^\|') { ConvertTo-PlainTable $block }
        elseif ($block -match '^- ') { ($block -split "`n(?=- )" | ForEach-Object { Format-Line $_ '  ' }) -join "`n" }
        else { Format-Line $block }
    }
    $blocks -join "`n`n"
}

# A table becomes a list: "id: meaning". Columns of text do not survive the width of a window.
function ConvertTo-PlainTable {
    param([string] $Table)
    $rows = @($Table -split "`n" | Select-Object -Skip 2 | ForEach-Object { , @($_.Trim('|', ' ') -split '\s*\|\s*') })
    ($rows | ForEach-Object { Format-Line "- $($_[0]): $($_[1..($_.Count - 1)] -join '; ')" '  ' }) -join "`n"
}

function Add-Paragraph {
    param([System.Xml.XmlElement] $Parent, [string[]] $Text)
    $maml = $Parent.GetNamespaceOfPrefix('maml')
    foreach ($paragraph in $Text) {
        $element = $Parent.OwnerDocument.CreateElement('maml', 'para', $maml)
        $element.InnerText = $paragraph
        $null = $Parent.AppendChild($element)
    }
}

# PlatyPS puts an example's whole Markdown into its introduction. Here text and code stay there, since the shell would put no line break between
# an introduction and code in an element of its own; the output goes to the remarks.
function Format-Example {
    param([System.Xml.XmlElement] $Example, [System.Xml.XmlNamespaceManager] $Names)
    $introduction = $Example.SelectSingleNode('maml:introduction', $Names)
    $text = @($introduction.SelectNodes('maml:para', $Names).ForEach({ $_.InnerText }) | Where-Object { $_ -ne [string][char]0x80 }) -join "`n`n"
    $parts = [regex]::Match($text, '(?s)^(?<before>.*?)```powershell\n(?<code>.*?)\n```(?<after>.*)$')
    if (-not $parts.Success) { return }
    $introduction.RemoveAll()
    Add-Paragraph $introduction (ConvertTo-Plain $parts.Groups['before'].Value), $BlankLine, $parts.Groups['code'].Value
    $remarks = $Example.SelectSingleNode('dev:remarks', $Names)
    $after = $parts.Groups['after'].Value
    $output = [regex]::Match($after, '(?s)```output\n(.*?)\n```')
    if ($output.Success) { Add-Paragraph $remarks $output.Groups[1].Value }
    $rest = $after.Remove($output.Index, $output.Length).Trim()
    if ($rest) { Add-Paragraph $remarks (ConvertTo-Plain $rest) }
    Add-Paragraph $remarks $BlankEnd
    $title = $Example.SelectSingleNode('maml:title', $Names)
    $title.InnerText = $title.InnerText.Trim('-', ' ')
}

# Types by their short names, as in the syntax; and the default, which PlatyPS leaves out.
function Format-Parameter {
    param([System.Xml.XmlElement] $Parameter, [string] $Default, [System.Xml.XmlNamespaceManager] $Names)
    $type = $Parameter.SelectSingleNode('dev:type', $Names)
    foreach ($name in $type.SelectSingleNode('maml:name', $Names), $Parameter.SelectSingleNode('command:parameterValue', $Names)) {
        if ($name) { $name.InnerText = $name.InnerText -replace '^System\.Nullable`1\[(.*)\]$', '$1' -replace '^(System|MacvtapTools)\.(\w+\.)*', '' }
    }
    if (-not $Default -or $Parameter.SelectSingleNode('dev:defaultValue', $Names)) { return }
    $value = $Parameter.OwnerDocument.CreateElement('dev', 'defaultValue', $Names.LookupNamespace('dev'))
    $value.InnerText = $Default
    $null = $Parameter.InsertAfter($value, $type)
}

# What PlatyPS writes, made fit for a terminal.
function Format-Help {
    param([string] $Path, [object[]] $Help)
    $document = [System.Xml.XmlDocument]::new()
    $document.Load($Path)
    $names = [System.Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    foreach ($example in $document.SelectNodes('//command:example', $names)) { Format-Example $example $names }
    foreach ($description in $document.SelectNodes('//maml:description | //maml:alert', $names)) {
        $text = @($description.SelectNodes('maml:para', $names).ForEach({ $_.InnerText })) -join "`n`n"
        if (-not $text) { continue }
        $description.RemoveAll()
        Add-Paragraph $description ((ConvertTo-Plain $text) -split "`n`n")
    }
    foreach ($command in $Help) {
        foreach ($parameter in $command.Parameters) {
            $where = "//command:command[command:details/command:name='$($command.Title)']//command:parameter[maml:name='$($parameter.Name)']"
            foreach ($element in $document.SelectNodes($where, $names)) { Format-Parameter $element $parameter.DefaultValue $names }
        }
    }
    # A link within docs/ is a name to give to Get-Help; "Online Version" without an address is nothing.
    foreach ($link in @($document.SelectNodes('//maml:navigationLink', $names))) {
        $uri = $link.SelectSingleNode('maml:uri', $names)
        if ($link.SelectSingleNode('maml:linkText', $names).InnerText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
        elseif ($uri.InnerText -notmatch '^https?://') { $uri.InnerText = '' }
    }
    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $writer = [System.Xml.XmlWriter]::Create($Path, $settings)
    try { $document.Save($writer) } finally { $writer.Dispose() }
    [System.IO.File]::AppendAllText($Path, "`n")
}

if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) { throw 'Microsoft.PowerShell.PlatyPS, which makes the help of the pages, is not on this host: Install-PSResource Microsoft.PowerShell.PlatyPS' }
if (-not (Test-Path (Join-Path $Root 'bin/MacvtapTools.dll'))) { throw 'There is no bin/MacvtapTools.dll: build first, ./build.ps1 -Task Build.' }
Import-Module Microsoft.PowerShell.PlatyPS
Import-Module (Join-Path $Root 'MacvtapTools.psd1') -Force
$commands = @(Get-Command -Module MacvtapTools | Sort-Object Name)

foreach ($command in $commands) {
    $page = Join-Path $PSScriptRoot "$($command.Name).md"
    if (Test-Path $page) { Test-Page $command $page | ForEach-Object { $problems.Add($_) } } else { $problems.Add("$($command.Name): there is no page docs/$($command.Name).md.") }
}

$pages = @(Get-ChildItem $PSScriptRoot -Filter '*-*.md' | Where-Object BaseName -CMatch '^[A-Z][A-Za-z]+-[A-Z]' | Sort-Object Name)
$pages | Where-Object BaseName -NotIn $commands.Name | ForEach-Object { $problems.Add("docs/$($_.Name): there is no cmdlet of that name.") }

$index = Get-Content (Join-Path $PSScriptRoot 'README.md') -Raw
$pages | Where-Object { -not $index.Contains("($($_.Name))") } | ForEach-Object { $problems.Add("docs/README.md: $($_.BaseName) is missing.") }

foreach ($about in Get-ChildItem $Culture -Filter 'about_*.help.txt') {
    $number = 0
    foreach ($line in Get-Content $about) {
        $number++
        if ($line.Length -gt $LongestAboutLine) { $problems.Add("en-US/$($about.Name), line ${number}: $($line.Length) characters; $LongestAboutLine fit.") }
    }
}

if ($problems.Count -gt 0) {
    $problems | ForEach-Object { [Console]::Error.WriteLine($_) }
    throw "$($problems.Count) problems in the help; see above."
}

$scratch = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
try {
    $help = @(Import-MarkdownCommandHelp -Path $pages.FullName)
    $made = @($help | Export-MamlCommandHelp -OutputFolder $scratch -Force)[0]
    Format-Help $made.FullName $help
    $isCurrent = (Test-Path $HelpFile) -and (Get-Content $HelpFile -Raw) -ceq (Get-Content $made.FullName -Raw)
    if ($CheckOnly -and -not $isCurrent) { throw 'en-US/MacvtapTools.dll-Help.xml is not what the pages in docs/ say; run docs/Update-Help.ps1.' }
    if (-not $CheckOnly) { Copy-Item $made.FullName $HelpFile }
}
finally {
    if (Test-Path $scratch) { Remove-Item $scratch -Recurse -Force }
}

"$($commands.Count) cmdlets are documented$(if ($isCurrent) { '; the help is up to date' } elseif (-not $CheckOnly) { '; the help was made anew' })."
