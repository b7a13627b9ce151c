# Our own scripts, looked at by PSScriptAnalyzer with PSScriptAnalyzerSettings.psd1.
BeforeDiscovery {
    $Root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $Scripts = Get-ChildItem $Root -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        Where-Object FullName -NotMatch '/(bin|obj|out|artifacts)/' | ForEach-Object { @{ Script = $_.FullName; Short = [IO.Path]::GetRelativePath($Root, $_.FullName) } }
}

BeforeAll {
    $Settings = Join-Path $PSScriptRoot '../../PSScriptAnalyzerSettings.psd1'
    $Analyzer = [bool] (Get-Module PSScriptAnalyzer -ListAvailable)
}

Describe 'Scripts' {
    It '<Short> has nothing to complain about' -ForEach $Scripts {
        if (-not $Analyzer) { Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not on this host: Install-PSResource PSScriptAnalyzer'; return }
        Invoke-ScriptAnalyzer -Path $Script -Settings $Settings | ForEach-Object { "line $($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
