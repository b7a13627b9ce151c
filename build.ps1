#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, documents, packages, measures and installs MacvtapTools.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    # What to do, in this order: Build, Test, GuestTests (installs what guests need, as root), Docs, Package, Benchmark, Install.
    [ArgumentCompletions('Build', 'Test', 'GuestTests', 'Docs', 'Package', 'Benchmark', 'Install')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Where Install puts the module: a folder of $env:PSModulePath.
    [string] $Destination,

    # Where Package puts the nupkg; ./out without it.
    [string] $OutputFolder,

    # Where the project lives, for the package's manifest.
    [uri] $ProjectUri,

    # Docs, Package and Install take what was built before.
    [switch] $SkipBuild
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$Root = $PSScriptRoot
$Manifest = Join-Path $Root 'MacvtapTools.psd1'
$Output = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($(if ($OutputFolder) { $OutputFolder } else { Join-Path $Root 'out' }))
$SdkNeeded = 10

function Invoke-Dotnet {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) { throw "There is no 'dotnet' on the PATH: install the .NET SDK $SdkNeeded, https://dotnet.microsoft.com/download." }
    $sdks = @(& dotnet --list-sdks)
    if (-not ($sdks | Where-Object { [int] ($_ -split '\.')[0] -ge $SdkNeeded })) { throw "The .NET SDK $SdkNeeded is needed, and here is: $(if ($sdks) { $sdks -join ', ' } else { 'none, only a runtime' })." }
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE." }
}

# The module as users get it: manifest, assemblies, views, help, and nothing else.
function Copy-Module {
    param([string] $Folder)
    if (-not (Test-Path (Join-Path $Root 'bin/MacvtapTools.dll'))) { throw 'There is no bin/MacvtapTools.dll: build first, ./build.ps1 -Task Build.' }
    if (Test-Path $Folder) { Remove-Item $Folder -Recurse -Force }
    $null = New-Item (Join-Path $Folder 'bin') -ItemType Directory -Force
    Copy-Item $Manifest, (Join-Path $Root 'LICENSE'), (Join-Path $Root 'README.md'), (Join-Path $Root 'CHANGELOG.md') $Folder
    # What the manifest names, and the library beside it: bin/ may hold files of an older build.
    $module = Import-PowerShellDataFile $Manifest
    foreach ($file in @($module.RootModule, 'bin/MacvtapTools.Core.dll') + $module.FormatsToProcess) { Copy-Item (Join-Path $Root $file) (Join-Path $Folder 'bin') }
    Copy-Item (Join-Path $Root 'en-US') $Folder -Recurse
}

# What changed in this version, as the changelog has it; before a release, what will have changed.
function Get-ReleaseNote {
    $text = Get-Content (Join-Path $Root 'CHANGELOG.md') -Raw
    foreach ($title in (Import-PowerShellDataFile $Manifest).ModuleVersion, 'Unreleased') {
        $section = [regex]::Match($text, "(?ms)^## \[$([regex]::Escape($title))\][^\n]*\n(.*?)(?=^## |\z)").Groups[1].Value.Trim()
        if ($section) { return $section }
    }
    throw 'CHANGELOG.md has no section for this version, and none for what is unreleased.'
}

# A gallery shows the manifest, not the files beside it: the release notes go in, and where the project lives.
function Complete-Manifest {
    param([string] $File)
    $text = Get-Content $File -Raw
    $line = "(?m)^( *)ReleaseNotes = '.*'$"
    if (-not [regex]::IsMatch($text, $line)) { throw "$File has no line ReleaseNotes = '...'." }
    $notes = "ReleaseNotes = @'`n$(Get-ReleaseNote)`n'@"
    if ($ProjectUri) { $notes += "`nProjectUri   = '$ProjectUri'" }
    [IO.File]::WriteAllText($File, [regex]::Replace($text, $line, { param($found) $found.Groups[1].Value + $notes }))
}

function Invoke-BuildTask {
    if (-not $SkipBuild) { Invoke-Dotnet build (Join-Path $Root 'src/MacvtapTools') --configuration $Configuration }
}

function Invoke-TestTask { Invoke-Dotnet test $Root }

# The samples and tests with guests; the programs that they need are installed from Debian's packages first.
function Invoke-GuestTestsTask {
    $before = $env:MACVTAPTOOLS_GUESTS
    $env:MACVTAPTOOLS_GUESTS = 'install'
    try { Invoke-Dotnet test (Join-Path $Root 'tests/Guest.Tests') }
    finally { $env:MACVTAPTOOLS_GUESTS = $before }
}

function Invoke-DocsTask {
    Invoke-BuildTask
    & (Join-Path $Root 'docs/Update-Help.ps1')
}

function Invoke-BenchmarkTask { Invoke-Dotnet run --configuration Release --project (Join-Path $Root 'tests/Benchmarks') }

function Invoke-PackageTask {
    Invoke-BuildTask
    $folder = Join-Path $Output 'MacvtapTools'
    Copy-Module $folder
    Complete-Manifest (Join-Path $folder 'MacvtapTools.psd1')
    Publish-ToFolder $folder
}

# A repository of one folder is enough for Publish-PSResource to make the nupkg.
function Publish-ToFolder {
    param([string] $Folder)
    $name = "MacvtapToolsBuild$PID"
    Register-PSResourceRepository -Name $name -Uri $Output -Trusted
    try {
        Get-ChildItem $Output -Filter '*.nupkg' | Remove-Item
        Publish-PSResource -Path $Folder -Repository $name
        Get-ChildItem $Output -Filter '*.nupkg'
    }
    finally {
        Unregister-PSResourceRepository -Name $name
    }
}

function Invoke-InstallTask {
    $version = (Import-PowerShellDataFile $Manifest).ModuleVersion
    $folder = if ($Destination) { $Destination } else { ($env:PSModulePath -split [IO.Path]::PathSeparator)[0] }
    Invoke-BuildTask
    Copy-Module (Join-Path $folder "MacvtapTools/$version")
    "MacvtapTools $version is in $folder."
}

# Called as "pwsh -File build.ps1 -Task Build,Test" the list comes as one text. A task that is not there is told before the first one starts.
$names = @($Task -split ',' | ForEach-Object Trim)
$names | Where-Object { -not (Get-Command "Invoke-${_}Task" -CommandType Function -ErrorAction Ignore) } | ForEach-Object {
    throw "There is no task '$_': take Build, Test, GuestTests, Docs, Package, Benchmark or Install."
}
foreach ($name in $names) { & "Invoke-${name}Task" }
