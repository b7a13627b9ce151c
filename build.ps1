#!/usr/bin/env pwsh
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

    # Package and Install take what was built before.
    [switch] $SkipBuild
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$Root = $PSScriptRoot
$Manifest = Join-Path $Root 'MacvtapTools.psd1'
$Output = if ($OutputFolder) { $OutputFolder } else { Join-Path $Root 'out' }

function Invoke-Native {
    param([string] $Command, [string[]] $Arguments)
    & $Command @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Command $($Arguments -join ' ') ended with exit code $LASTEXITCODE." }
}

# The module as users get it: manifest, assemblies, views, help, and nothing else.
function Copy-Module {
    param([string] $Folder)
    if (Test-Path $Folder) { Remove-Item $Folder -Recurse -Force }
    $null = New-Item (Join-Path $Folder 'bin') -ItemType Directory -Force
    Copy-Item $Manifest, (Join-Path $Root 'LICENSE'), (Join-Path $Root 'README.md'), (Join-Path $Root 'CHANGELOG.md') $Folder
    Copy-Item (Join-Path $Root 'bin/MacvtapTools*') (Join-Path $Folder 'bin') -Exclude '*.pdb'
    Copy-Item (Join-Path $Root 'en-US') $Folder -Recurse
}

function Invoke-BuildTask {
    if (-not $SkipBuild) { Invoke-Native dotnet @('build', (Join-Path $Root 'src/MacvtapTools'), '--configuration', $Configuration) }
}

function Invoke-TestTask { Invoke-Native dotnet @('test', $Root) }

# The samples and tests with guests; the programs that they need are installed from Debian's packages first.
function Invoke-GuestTestsTask {
    $before = $env:MACVTAPTOOLS_GUESTS
    $env:MACVTAPTOOLS_GUESTS = 'install'
    try { Invoke-Native dotnet @('test', (Join-Path $Root 'tests/Guest.Tests')) }
    finally { $env:MACVTAPTOOLS_GUESTS = $before }
}

function Invoke-DocsTask { & (Join-Path $Root 'docs/Update-Help.ps1') }

function Invoke-BenchmarkTask { Invoke-Native dotnet @('run', '--configuration', 'Release', '--project', (Join-Path $Root 'tests/Benchmarks')) }

function Invoke-PackageTask {
    Invoke-BuildTask
    $folder = Join-Path $Output 'MacvtapTools'
    Copy-Module $folder
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

# Called as "pwsh -File build.ps1 -Task Build,Test" the list comes as one text.
foreach ($name in $Task -split ',' | ForEach-Object Trim) {
    if (-not (Get-Command "Invoke-${name}Task" -ErrorAction Ignore)) { throw "There is no task '$name': take Build, Test, GuestTests, Docs, Package, Benchmark or Install." }
    & "Invoke-${name}Task"
}
