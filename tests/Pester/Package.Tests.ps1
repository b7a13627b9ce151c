# The nupkg of build.ps1 in a real shell, as a new user has it: made, installed from a local repository, imported, used, updated, uninstalled. Nothing of the user's own is touched.
Describe 'Package' {
    BeforeAll {
        $Root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $Scratch = New-Item (Join-Path ([IO.Path]::GetTempPath()) "mvtt-$PID-package") -ItemType Directory -Force
        $Shell = (Get-Process -Id $PID).Path
        $before = $env:XDG_DATA_HOME, $env:PSModulePath, $env:HOME
        Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
        $Missing = Get-MissingReason -Kind veth, macvlan
        $Gallery = [bool] (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)

        # A shell whose modules and repositories are in a folder of their own; with -InNamespace in a network namespace of its own too.
        function Invoke-Apart {
            param([string] $Text, [switch] $InNamespace)
            $program = @(if ($InNamespace) { 'unshare', '--net' }) + $Shell
            $first, $rest = $program
            $env:XDG_DATA_HOME, $env:HOME, $env:PSModulePath = "$Scratch/home/.local/share", "$Scratch/home", $null
            try { & $first @rest -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; $Text" 2>&1 | ForEach-Object { "$_" } }
            finally { $env:XDG_DATA_HOME, $env:PSModulePath, $env:HOME = $before }
        }
    }

    AfterAll { Remove-Item $Scratch -Recurse -Force }

    It 'is made, installed, imported, used, updated and uninstalled' {
        if (-not $Gallery) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PSResourceGet is not on this host'; return }
        $version = (Import-PowerShellDataFile "$Root/MacvtapTools.psd1").ModuleVersion
        $null = New-Item "$Scratch/home/.local/share", "$Scratch/out" -ItemType Directory -Force

        Invoke-Apart "(& '$Root/build.ps1' -Task Package -SkipBuild -OutputFolder '$Scratch/out' -ProjectUri https://example.org/here).Name" | Select-Object -Last 1 | Should -Be "MacvtapTools.$version.nupkg"
        Invoke-Apart "Register-PSResourceRepository local -Uri '$Scratch/out' -Trusted; Install-PSResource MacvtapTools -Repository local -Scope CurrentUser; " | Should -BeNullOrEmpty
        $installed, $folder = Invoke-Apart '$one = Get-InstalledPSResource MacvtapTools; $one.Version.ToString(); (Get-Module MacvtapTools -ListAvailable).ModuleBase'
        $installed | Should -Be $version
        $folder | Should -BeLike "$Scratch/*" -Because 'nothing of the user is touched'
        Get-ChildItem $folder -Name | Should -Contain 'LICENSE'
        Get-ChildItem $folder -Recurse -Include *.pdb | Should -BeNullOrEmpty

        Invoke-Apart "Import-Module MacvtapTools; (Get-Module MacvtapTools).ModuleBase; (Get-Link lo).Name; (Get-Help Get-Link).Synopsis" | Should -Be $folder, 'lo', 'Gets network links as the kernel has them now.'
        Invoke-Apart "Get-Link lo | ForEach-Object Name" | Should -Be 'lo' -Because 'the shell loads an installed module by itself'
        Invoke-Apart "(Get-Help about_MacvtapTools).Length -gt 1000" | Should -Be 'True'
        if (-not $Missing) {
            Invoke-Apart -InNamespace "`$null = New-VethLink eth0 p0 -Up; (New-MacvlanLink mac0 eth0 | Set-LinkMode -Mode Bridge -PassThru).Mode" | Should -Be 'Bridge'
        }

        # The next version, and back to nothing.
        Copy-Item "$Scratch/out/MacvtapTools" "$Scratch/next/MacvtapTools" -Recurse
        $next = "$Scratch/next/MacvtapTools/MacvtapTools.psd1"
        [IO.File]::WriteAllText($next, [IO.File]::ReadAllText($next).Replace("'$version'", "'99.0.0'"))
        Invoke-Apart "Publish-PSResource '$Scratch/next/MacvtapTools' -Repository local; Update-PSResource MacvtapTools; Import-Module MacvtapTools; (Get-Module MacvtapTools).Version.ToString()" | Should -Be '99.0.0'
        Invoke-Apart "Uninstall-PSResource MacvtapTools -Version '*' -Scope CurrentUser; @(Get-Module MacvtapTools -ListAvailable).Count" | Should -Be '0'
        Test-Path $folder | Should -BeFalse
    }

    It 'has all that a gallery shows' {
        if (-not $Gallery) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PSResourceGet is not on this host'; return }
        $warnings = $null
        foreach ($file in "$Root/MacvtapTools.psd1", "$Scratch/out/MacvtapTools/MacvtapTools.psd1") {
            $manifest = Test-ModuleManifest $file -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            $manifest.Description, $manifest.Author, $manifest.Copyright, $manifest.LicenseUri, $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
            $manifest.Tags | Should -Contain 'Linux'
        }
        $manifest.ReleaseNotes | Should -Match '(?m)^- ' -Because 'a gallery shows no CHANGELOG.md'
        (Get-Content "$Root/CHANGELOG.md" -Raw).Contains($manifest.ReleaseNotes) | Should -BeTrue
        [string] $manifest.ProjectUri | Should -Be 'https://example.org/here'
    }

    It 'is not made of nothing' {
        $folder = New-Item "$Scratch/empty" -ItemType Directory
        Copy-Item "$Root/build.ps1", "$Root/MacvtapTools.psd1" $folder
        { & "$folder/build.ps1" -Task Install -SkipBuild -Destination "$Scratch/nowhere" } | Should -Throw '*build first*'
        { & "$folder/build.ps1" -Task Package, Bake -SkipBuild -OutputFolder "$Scratch/nowhere" } | Should -Throw "*no task 'Bake'*"
        Test-Path "$Scratch/nowhere" | Should -BeFalse
    }

    It 'has workflows that run in each shell that it promises, and call what is there' {
        $ci, $publish = 'ci', 'publish' | ForEach-Object { Get-Content "$Root/.github/workflows/$_.yml" -Raw }
        $oldest = [version] (Import-PowerShellDataFile "$Root/MacvtapTools.psd1").PowerShellVersion
        $matrix = @([regex]::Match($ci, '(?m)^ *powershell: \[(.*)\]$').Groups[1].Value -split ', ' | ForEach-Object { [version] $_.Trim("'") })
        $matrix | Should -Contain $oldest
        $matrix.Count | Should -BeGreaterThan 1
        foreach ($task in [regex]::Matches($ci, '-Task ([\w,]+)').ForEach({ $_.Groups[1].Value -split ',' })) { Get-Content "$Root/build.ps1" -Raw | Should -Match "function Invoke-${task}Task" }
        $files = [regex]::Matches($ci, '(?:-File|bash) ([\w./-]+)').ForEach({ $_.Groups[1].Value })
        $files.Count | Should -BeGreaterThan 1
        $files | ForEach-Object { Test-Path "$Root/$_" | Should -BeTrue -Because $_ }
        $publish | Should -Match 'uses: \./\.github/workflows/ci\.yml' -Because 'nothing is published untested'
        $publish | Should -Match 'Publish-PSResource -Path out/MacvtapTools '
    }
}
