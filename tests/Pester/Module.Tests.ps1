# The module in a real shell: import, help, views, errors, completion, remoting, Ctrl+C.
BeforeDiscovery {
    $Cmdlets = (Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')).CmdletsToExport
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    $Manifest = Join-Path $PSScriptRoot '../../MacvtapTools.psd1'
    Import-Module $Manifest
    $Cmdlets = (Import-PowerShellDataFile $Manifest).CmdletsToExport

    # What the shell would show, without colours.
    function Get-Shown {
        param([scriptblock] $Script, [int] $Width = 120)
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
        try { & $Script | Out-String -Width $Width } finally { $PSStyle.OutputRendering = $rendering }
    }
}

Describe 'Import' {
    It 'exports the manifest''s cmdlets and nothing else' {
        (Get-Command -Module MacvtapTools).Name | Sort-Object | Should -Be ($Cmdlets | Sort-Object)
        (Get-Module MacvtapTools).ExportedAliases.Count + (Get-Module MacvtapTools).ExportedFunctions.Count + (Get-Module MacvtapTools).ExportedVariables.Count | Should -Be 0
    }

    It 'has a valid manifest' { (Test-ModuleManifest $Manifest).Name | Should -Be 'MacvtapTools' }

    It 'uses approved verbs' { (Get-Command -Module MacvtapTools).Verb | Sort-Object -Unique | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty }

    It 'imports into a fresh shell without a word' {
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "Import-Module '$Manifest'; (Get-Command -Module MacvtapTools).Count" 2>&1 | Should -Be "$($Cmdlets.Count)"
    }

    It 'imports where there is no Linux, and the cmdlets say what they need' {
        Set-ItResult -Skipped -Because 'another operating system cannot be simulated in this process; PlatformNotSupported is only read in the code'
    }
}

Describe 'Help of <_>' -ForEach $Cmdlets {
    BeforeAll {
        $cmdlet = $_
        $help = Get-Help $cmdlet -Full
    }

    It 'is ours' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "*$cmdlet *``[*"
        $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has three examples or more' { @($help.examples.example).Count | Should -BeGreaterOrEqual 3 }

    It 'describes every parameter' {
        $own = (Get-Command $cmdlet).Parameters.Values | Where-Object { $_.Name -notin [Management.Automation.PSCmdlet]::CommonParameters -and $_.Name -notin [Management.Automation.PSCmdlet]::OptionalCommonParameters }
        foreach ($parameter in $own) {
            ($help.parameters.parameter | Where-Object name -EQ $parameter.Name).description.Text | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) needs a description"
        }
    }
}

Describe 'On the kernel' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    Context 'Views' {
        It 'shows <command> as <header>' -ForEach @(
            @{ Command = 'Get-Link lo'; Header = 'Name ifIndex Kind Status Mtu MacAddress LowerDevice Master' }
            @{ Command = 'Get-Link eth0'; Header = 'Name ifIndex Peer Status Mtu MacAddress Master' }
            @{ Command = 'Get-Link br0'; Header = 'Name ifIndex Status Mtu MacAddress SpanningTree ForwardDelay AgeingTime' }
            @{ Command = 'New-MacvlanLink a eth0'; Header = 'Name ifIndex LowerDevice Mode Status MacAddress' }
            @{ Command = 'New-MacvtapLink a eth0'; Header = 'Name ifIndex LowerDevice Mode Status MacAddress TapDevice' }
            @{ Command = 'Get-BridgePort'; Header = 'Name ifIndex Bridge State Hairpin' }
        ) {
            $text = Get-Shown { Invoke-Expression "$command -NetworkNamespace $ns" }
            $heading, $lines = $text -split "`n" | Where-Object { $_.Trim() }
            $heading | Should -Be "   Network namespace: $ns"
            ($lines[0] -split '\s+' | Where-Object { $_ }) -join ' ' | Should -Be $header
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
            $text | Should -Not -Match '…'
        }

        It 'shows a tap device and a namespace as tables' {
            $null = New-MacvtapLink a eth0 -InterfaceIndex $lab.i1 -NetworkNamespace $ns
            # The first line says the network namespace.
            $header = (Get-Shown { Get-TapDevice -NetworkNamespace $ns }) -split "`n" | Where-Object { $_.Trim() } | Select-Object -Skip 1 -First 1
            ($header -split '\s+' | Where-Object { $_ }) -join ' ' | Should -Be 'Path Name ifIndex State Owner Group Permission Holder'
            $header = (Get-Shown { Get-NetworkNamespace $ns }) -split "`n" | Where-Object { $_.Trim() } | Select-Object -First 1
            ($header -split '\s+' | Where-Object { $_ }) -join ' ' | Should -Be 'Name Inode IsCurrent Path'
        }
    }

    Context 'JSON' {
        It 'brings <cmdlet> through ConvertTo-Json and back into a pipe' -ForEach @(
            @{ Cmdlet = 'Get-Link'; Name = 'eth0' }
            @{ Cmdlet = 'Get-BridgePort'; Name = 'p0' }
        ) {
            $json = & $cmdlet $name -NetworkNamespace $ns | ConvertTo-Json -Depth 3
            $json | Should -Match '"MacAddress": "02:|"Bridge": "br0"'
            ($json | ConvertFrom-Json | & $cmdlet).Name | Should -Be $name
            ($json | ConvertFrom-Json | & $cmdlet).NetworkNamespace | Should -Be $ns
        }

        It 'brings a tap device through' {
            $json = New-MacvtapLink a eth0 -InterfaceIndex $lab.i1 -NetworkNamespace $ns | Get-TapDevice | ConvertTo-Json -Depth 3
            ($json | ConvertFrom-Json | Get-TapDevice).Path | Should -Be "/dev/tap$($lab.i1)"
        }
    }

    Context 'Errors' {
        It 'shows one line in the ConciseView, and the advice under it' {
            $text = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$Manifest'; Get-Link nope -NetworkNamespace $ns" 2>&1 | Out-String -Width 200
            $lines = @($text -split "`n" | ForEach-Object Trim | Where-Object { $_ })
            $lines[0] | Should -Be "Get-Link: There is no link 'nope' in network namespace '$ns'."
            $lines | Select-Object -Skip 1 | Should -Be "Recommendation: Get-Link -NetworkNamespace $ns shows what is there."
        }

        It 'tells Get-Error the cause, the kernel''s words and the advice' {
            New-VethLink a b -Mtu 70000 -NetworkNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable wrong
            New-BridgeLink b -Mtu 67 -NetworkNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable wrong
            $text = Get-Shown { $wrong[0] | Get-Error } 300
            $text | Should -Match 'MtuOutOfRange'
            $text | Should -Match 'an MTU of 67 bytes is out of range'
            $text | Should -Match 'EINVAL'
            $text | Should -Match 'mtu less than device minimum'
            $text | Should -Match 'Take 68 to 65535 bytes'
        }

        It 'puts errors into $Error with their target' {
            $Error.Clear()
            Get-Link nope -NetworkNamespace $ns -ErrorAction SilentlyContinue
            $Error[0].TargetObject | Should -Be 'nope'
            $Error[0].CategoryInfo.Activity | Should -Be 'Get-Link'
        }
    }

    Context 'Completion' {
        BeforeEach {
            $null = New-MacvtapLink mvt0 eth0 -NetworkNamespace $ns
            $complete = { param($line) (TabExpansion2 $line $line.Length).CompletionMatches }
        }

        It 'completes "<line>"' -ForEach @(
            @{ Line = 'Get-Link -NetworkNamespace {ns} -Name out'; Expected = 'out0', 'out1' }
            @{ Line = 'Get-Link -NetNS {ns} -Name mv'; Expected = 'mvt0' }
            @{ Line = 'Set-LinkMode -NetworkNamespace {ns} -Name '; Expected = 'mvt0' }
            @{ Line = 'Get-TapDevice -NetworkNamespace {ns} -Name '; Expected = 'mvt0' }
            @{ Line = 'Enable-Link -NetworkNamespace {ns} -Name '; Expected = 'mvt0' }
            @{ Line = 'Enable-Hairpin -NetworkNamespace {ns} -Name '; Expected = 'out1', 'p0' }
            @{ Line = 'Add-BridgePort eth0 -NetworkNamespace {ns} -Bridge '; Expected = 'br0' }
            @{ Line = 'New-MacvtapLink x -NetworkNamespace {ns} -LowerDevice e'; Expected = 'eth0' }
            @{ Line = 'New-MacvtapLink x eth0 -Mode P'; Expected = 'Passthru', 'Private' }
            @{ Line = 'Get-Link -Kind macv'; Expected = 'macvlan', 'macvtap' }
        ) {
            (& $complete $line.Replace('{ns}', $ns)).CompletionText | Sort-Object | Should -Be $expected
        }

        It 'completes names of namespaces' { (& $complete 'Get-Link -NetworkNamespace mvtt').CompletionText | Should -Contain $ns }

        It 'says in the tooltip what a link is' { (& $complete "Get-Link -NetworkNamespace $ns -Name eth").ToolTip | Should -BeLike '10: veth, peer p0, Up, 02:00:00:00:10:00' }
    }

    Context 'Objects from afar' {
        It 'pipes what a job gave into a setter' {
            $job = Start-Job { Import-Module $using:Manifest; Get-Link eth0 -NetworkNamespace $using:ns; Get-BridgePort p0 -NetworkNamespace $using:ns }
            try { $link, $port = $job | Receive-Job -Wait } finally { Remove-Job $job -Force }
            $link.psobject.TypeNames[0] | Should -Be 'Deserialized.MacvtapTools.VethLink'
            ($link | Disable-Link -PassThru).AdministrativeStatus | Should -Be 'Down'
            ($link | Enable-Link -PassThru).AdministrativeStatus | Should -Be 'Up'
            ($port | Enable-Hairpin -PassThru -WarningAction SilentlyContinue).Hairpin | Should -BeTrue
        }

        It 'pipes what crossed the serializer into a setter' {
            $far = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((New-MacvtapLink a eth0 -NetworkNamespace $ns)))
            ($far | Set-LinkMode -Mode Bridge -PassThru).Mode | Should -Be 'Bridge'
            $far | Remove-Link
            Get-Link a* -NetworkNamespace $ns | Should -BeNullOrEmpty
        }
    }

    Context 'Ctrl+C' {
        It 'stops <what>' -ForEach @(
            @{ What = 'the making of 5000 links'; Script = '1..5000 | ForEach-Object { "s$_" } | New-MacvtapLink -LowerDevice eth0 -Up -NetworkNamespace {ns}' }
            @{ What = 'reading in a loop'; Script = 'while ($true) { Get-Link -NetworkNamespace {ns} | Out-Null }' }
        ) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$Manifest'; '' | Out-File '/tmp/$ns.started'; $($script.Replace('{ns}', $ns))")
            try {
                $running = $shell.BeginInvoke()
                while (-not (Test-Path "/tmp/$ns.started")) { Start-Sleep -Milliseconds 10 }
                Start-Sleep -Milliseconds 300
                $clock = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $taken = $clock.ElapsedMilliseconds
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
                Write-Host "Ctrl+C in a real shell, ${what}: $taken ms"
                $taken | Should -BeLessThan 1000
                $links = @(Get-Link s* -NetworkNamespace $ns)
                $links | Where-Object AdministrativeStatus -NE Up | Should -BeNullOrEmpty
            }
            finally {
                $shell.Dispose()
                Remove-Item "/tmp/$ns.started" -ErrorAction Ignore
            }
        }
    }
}
