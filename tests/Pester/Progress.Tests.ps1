# Progress in a real shell: it comes, not too often, and goes.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    $Manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')).Path
    Import-Module $Manifest
}

Describe 'Progress' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'of <What> comes and goes' -ForEach @(
        @{ What = 'a measurement'; Line = 'Measure-LinkRate eth0 -Interval 2.2 -NetworkNamespace {ns}'; Activity = 'Measuring' }
        @{ What = 'a probe'; Line = 'New-MacvlanLink a, b eth0 Bridge -Up -NetworkNamespace {ns}; Test-LinkReachability a b -Probe -Timeout 2.2 -NetworkNamespace {ns}'; Activity = 'Probing who reaches whom on eth0' }
        @{ What = 'a capture'; Line = 'Watch-LinkFrame eth0 -Timeout 2.2 -Path {file} -Force -NetworkNamespace {ns}'; Activity = 'Writing frames to {file}' }
        @{ What = 'frames that are sent slowly'; Line = "New-TapLink t -NetworkNamespace {ns} | Enable-Link -PassThru | Out-Null; 1..4 | ForEach-Object { New-EthernetFrame ff:ff:ff:ff:ff:ff } | Send-TapFrame t -Interval 0.7 -NetworkNamespace {ns}"; Activity = 'Sending frames to t' }
    ) {
        $file = Join-Path $TestDrive 'frames.pcapng'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$Manifest'").Invoke()
            $shell.Streams.Progress.Clear()
            $shell.Commands.Clear()
            $null = $shell.AddScript((Expand-Placeholder $lab $Line).Replace('{file}', $file)).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ $Activity.Replace('{file}', $file))
            $records.Count | Should -BeGreaterThan 1
            $records.Count | Should -BeLessOrEqual 8 -Because 'a few times a second are enough'
            $records[-1].RecordType | Should -Be 'Completed'
            $records | Select-Object -SkipLast 1 | ForEach-Object RecordType | Should -Not -Contain 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'does not come with what a pipe waits for' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$Manifest'").Invoke()
            $shell.Streams.Progress.Clear()
            $shell.Commands.Clear()
            $null = $shell.AddScript("1..4 | ForEach-Object { Start-Sleep -Milliseconds 500; 'eth0' } | Enable-Link -PassThru -NetworkNamespace $ns | ForEach-Object { Start-Sleep -Milliseconds 200 }").Invoke()
            $shell.Streams.Progress | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }
}
