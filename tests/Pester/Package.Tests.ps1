# The nupkg of build.ps1 in a real shell: made, installed from a local repository, imported, used, uninstalled. Nothing of the user's own is touched.
Describe 'Package' {
    BeforeAll {
        $Root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $Scratch = New-Item (Join-Path ([IO.Path]::GetTempPath()) "mvtt-$PID-package") -ItemType Directory -Force
        $Shell = (Get-Process -Id $PID).Path
        $before = $env:XDG_DATA_HOME, $env:PSModulePath, $env:HOME
        $Gallery = [bool] (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)

        # A shell whose modules and repositories are in a folder of their own.
        function Invoke-Apart {
            param([string] $Text)
            $env:XDG_DATA_HOME, $env:HOME, $env:PSModulePath = "$Scratch/home/.local/share", "$Scratch/home", $null
            try { & $Shell -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; $Text" 2>&1 | ForEach-Object { "$_" } }
            finally { $env:XDG_DATA_HOME, $env:PSModulePath, $env:HOME = $before }
        }
    }

    AfterAll { Remove-Item $Scratch -Recurse -Force }

    It 'is made, installed, imported, used and uninstalled' {
        if (-not $Gallery) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PSResourceGet is not on this host'; return }
        $version = (Import-PowerShellDataFile "$Root/MacvtapTools.psd1").ModuleVersion
        $null = New-Item "$Scratch/home/.local/share", "$Scratch/out" -ItemType Directory -Force

        Invoke-Apart "(& '$Root/build.ps1' -Task Package -SkipBuild -OutputFolder '$Scratch/out').Name" | Select-Object -Last 1 | Should -Be "MacvtapTools.$version.nupkg"
        Invoke-Apart "Register-PSResourceRepository local -Uri '$Scratch/out' -Trusted; Install-PSResource MacvtapTools -Repository local -Scope CurrentUser; " | Should -BeNullOrEmpty
        $installed, $folder = Invoke-Apart '$one = Get-InstalledPSResource MacvtapTools; $one.Version.ToString(); (Get-Module MacvtapTools -ListAvailable).ModuleBase'
        $installed | Should -Be $version
        $folder | Should -BeLike "$Scratch/*" -Because 'nothing of the user is touched'
        Get-ChildItem $folder -Name | Should -Contain 'LICENSE'
        Get-ChildItem $folder -Recurse -Include *.pdb | Should -BeNullOrEmpty

        Invoke-Apart "Import-Module MacvtapTools; (Get-Module MacvtapTools).ModuleBase; (Get-Link lo).Name; (Get-Help Get-Link).Synopsis" | Should -Be $folder, 'lo', 'Gets network links as the kernel has them now.'
        Invoke-Apart "Get-Link lo | ForEach-Object Name" | Should -Be 'lo' -Because 'the shell loads an installed module by itself'
        Invoke-Apart "Uninstall-PSResource MacvtapTools -Scope CurrentUser; @(Get-Module MacvtapTools -ListAvailable).Count" | Should -Be '0'
        Test-Path $folder | Should -BeFalse
    }

    It 'has all that a gallery shows' {
        $manifest = Test-ModuleManifest "$Root/MacvtapTools.psd1"
        $manifest.Description, $manifest.Author, $manifest.Copyright | Should -Not -BeNullOrEmpty
        $manifest.PrivateData.PSData.Tags | Should -Contain 'Linux'
        $manifest.PrivateData.PSData.ReleaseNotes | Should -Not -BeNullOrEmpty
        $changes = Get-Content "$Root/CHANGELOG.md" -Raw
        $changes | Should -Match '(?m)^## '
    }

    It 'has a workflow for each shell that it promises to run in' {
        $text = Get-Content "$Root/.github/workflows/ci.yml" -Raw
        foreach ($version in '7.4', '7.5', '7.6') { $text | Should -Match "'$([regex]::Escape($version))'" }
        Get-Content "$Root/.github/workflows/publish.yml" -Raw | Should -Match 'Publish-PSResource'
    }
}
