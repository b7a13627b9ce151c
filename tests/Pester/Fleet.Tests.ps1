# Cmdlets on other hosts and in other processes, and their objects here. docs/fleet.md as it stands: its sessions one after the other, with hosts that a
# private sshd answers for (FleetHosts.ps1), and its script twice.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Sessions = @(Get-SessionExample docs/fleet.md)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')).Path
    Import-Module $Manifest
    $Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap

    function Get-FleetBlock {
        param([string] $Start)
        $block = [regex]::Match((Get-Content (Join-Path $PSScriptRoot '../../docs/fleet.md') -Raw), "(?ms)^``````\w+\n($Start.*?)\n``````$").Groups[1].Value
        if (-not $block) { throw "docs/fleet.md has no block that starts with $Start." }
        $block
    }
}

Describe 'Fleet' {
    BeforeEach {
        if ($Missing) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'pipes what Invoke-Command brought from another process into setters' {
        $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null, [Management.Automation.Runspaces.PowerShellProcessInstance]::new())
        $runspace.Open()
        $index = $lab.i1
        $session = [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
        try {
            $objects = Invoke-Command -Session $session -ScriptBlock {
                $ErrorActionPreference = 'Stop'
                Import-Module $using:Manifest
                New-MacvtapLink mvt0 eth0 -InterfaceIndex $using:index -NetworkNamespace $using:ns
                Get-TapDevice mvt0 -NetworkNamespace $using:ns
                Get-BridgePort p0 -NetworkNamespace $using:ns
                Add-LinkAddress eth0 10.0.0.1/24 -PassThru -NetworkNamespace $using:ns
                [Environment]::ProcessId
            }
            $link, $tap, $port, $address, $id = $objects
            $id | Should -Not -Be $PID
            $link.psobject.TypeNames[0] | Should -Be 'Deserialized.MacvtapTools.MacvtapLink'
            ($link | Set-LinkMode -Mode Bridge -PassThru).Mode | Should -Be 'Bridge'
            ($link | Enable-Link -PassThru).AdministrativeStatus | Should -Be 'Up'
            ($tap | Grant-TapDevice -User nobody -PassThru).AccessList | Should -Not -BeNullOrEmpty
            ($port | Enable-Hairpin -PassThru).Hairpin | Should -BeTrue
            $address | Remove-LinkAddress
            Get-LinkAddress eth0 -Family IPv4 -NetworkNamespace $ns | Should -BeNullOrEmpty

            # And there again: what went to the other process as an argument.
            Invoke-Command -Session $session -ScriptBlock { $using:link | Remove-Link }
            Get-Link mvt* -NetworkNamespace $ns | Should -BeNullOrEmpty
        }
        finally {
            Remove-PSSession $session
            $runspace.Dispose()
        }
    }

    It 'works in many runspaces at once' {
        $names = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            (New-MacvlanLink "m$_" eth0 -NetworkNamespace $using:ns | Set-LinkMode -Mode Bridge -PassThru).Name
        } -ThrottleLimit 4
        $names | Sort-Object | Should -Be (1..8 | ForEach-Object { "m$_" })
        @(Get-Link m* -NetworkNamespace $ns | Where-Object Mode -EQ Bridge).Count | Should -Be 8
    }

    It 'ends the script of docs/fleet.md in the same state the second time' {
        $prepare = "Set-Content guests.ps1 @'`n$(Get-FleetBlock '# guests\.ps1')`n'@"
        $indexes = '@(Get-Link web* | Sort-Object Name | ForEach-Object InterfaceIndex) -join " "'
        $results = Invoke-PreparedExample @(
            @{ Key = 'nothing'; Code = ''; Snapshot = $true }
            @{ Key = 'once'; Before = $prepare; Code = './guests.ps1'; Snapshot = $true }
            @{ Key = 'twice'; Before = $prepare; Code = "`$null = ./guests.ps1`n`$first = $indexes`n./guests.ps1`n`$first -eq ($indexes)"; Snapshot = $true }
        )
        $results.once.Errors + $results.once.Problems + $results.twice.Errors + $results.twice.Problems | Should -BeNullOrEmpty
        $results.once.State | Should -Not -BeExactly $results.nothing.State
        $results.twice.State | Should -BeExactly $results.once.State
        $results.once.Text | Should -Match 'made web1'
        $results.twice.Text.Trim() | Should -Be 'True' -Because 'the second time nothing is done, and the links are the same'
    }
}

Describe 'Unit' {
    It 'is one that systemd reads without complaint' {
        if (-not (Get-Command systemd-analyze -CommandType Application -ErrorAction Ignore)) { Set-ItResult -Skipped -Because "The program 'systemd-analyze' is not on this host: install systemd."; return }
        $unit = (Get-FleetBlock '\[Unit\]').Replace('/usr/bin/pwsh', (Get-Process -Id $PID).Path)
        $file = Join-Path $TestDrive guests.service
        [IO.File]::WriteAllText($file, "$unit`n")
        systemd-analyze verify --man=no $file 2>&1 | ForEach-Object { "$_" } | Should -BeNullOrEmpty
    }

    It 'ends with 1 where the script fails' {
        if ($Missing) { Set-ItResult -Skipped -Because $Missing; return }
        $file = Join-Path $TestDrive guests.ps1
        [IO.File]::WriteAllText($file, (Get-FleetBlock '# guests\.ps1'))
        $null = New-Item "$TestDrive/modules/MacvtapTools" -ItemType SymbolicLink -Target (Split-Path $Manifest) -Force
        $name = New-LabName
        Invoke-Ip netns add $name
        $before = $env:PSModulePath
        $env:PSModulePath = "$TestDrive/modules"
        try {
            $said = & ip netns exec $name (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $file 2>&1
            $LASTEXITCODE | Should -Be 1
        }
        finally {
            $env:PSModulePath = $before
            Invoke-Ip netns delete $name
        }
        "$said" | Should -Match 'eth0' -Because 'it has no lower device there'
    }
}

Describe 'Fleet by SSH' {
    BeforeAll {
        $SshMissing = if ($Missing) { $Missing } elseif ($absent = @('ssh', 'ssh-keygen', '/usr/sbin/sshd' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })) {
            "The program '$($absent[0])' is not on this host: install openssh-client and openssh-server."
        }
        if ($SshMissing) { return }

        # The module as a folder to copy, and as one that new runspaces find.
        $before = @(
            "& '$PSScriptRoot/FleetHosts.ps1' -Name host1, host2, apart -Silent host3"
            "'host1', 'host2', 'host3' | Set-Content hosts.txt"
            "`$null = & '$PSScriptRoot/../../build.ps1' -Task Install -SkipBuild -Destination (Get-Location).Path"
            '$env:PSModulePath = "$(Get-Location)$([IO.Path]::PathSeparator)$env:PSModulePath"'
            "Set-Content guests.ps1 @'`n$(Get-FleetBlock '# guests\.ps1')`n'@"
        ) -join "`n"
        $page = Get-SessionExample docs/fleet.md | ForEach-Object { "'=== $($_.Number)'"; $_.Code }
        # The host "apart" by its address and with everything said in the line, as no settings of the client hold for it.
        $apart = @'
'=== 0'
$Error.Clear()
$session = New-PSSession -HostName 127.0.1.3 -UserName root -KeyFilePath "$PWD/user-key" -Options @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
Invoke-Command $session { $null = New-Item /usr/local/share/powershell/Modules -ItemType Directory }
Copy-Item MacvtapTools /usr/local/share/powershell/Modules -Recurse -ToSession $session
$link, $port, $id = Invoke-Command $session { New-MacvtapLink mvt0 eth0; Get-BridgePort p0; [Environment]::ProcessId }
"another process $($id -ne $PID), $($link.psobject.TypeNames[0]) of $($link.PSComputerName), no link here $(-not (Get-Link mvt0 -ErrorAction Ignore))"
$changed = Invoke-Command $session { $using:link | Set-LinkMode -Mode Bridge -PassThru | Enable-Link -PassThru; $using:port | Enable-Hairpin -PassThru }
"there: $($changed[0].Name) $($changed[0].Mode) $($changed[0].AdministrativeStatus), $($changed[1].Name) $($changed[1].Hairpin)"
$here = $port | Enable-Hairpin -PassThru
"here: $($here.Name) $($here.Hairpin) $($here.psobject.TypeNames[0])"
"there again: $(Invoke-Command $session { (Get-Link mvt0).Mode; $using:here | Disable-Hairpin; (Get-BridgePort p0).Hairpin })"
Remove-PSSession $session
"errors: $($Error.Count)"
'@
        $Run = (Invoke-PreparedExample @{ Key = 'fleet'; Before = $before; Code = @($page) + $apart -join "`n"; Patience = 120 }).fleet
        $Came = @{}
        $parts = [regex]::Split($Run.Text, '(?m)^=== (\d+)$')
        for ($i = 1; $i -lt $parts.Count; $i += 2) { $Came[[int] $parts[$i]] = $parts[$i + 1] }
    }

    It 'docs/fleet.md <Number>: <Title>' -ForEach $Sessions {
        if ($SshMissing) { Set-ItResult -Skipped -Because $SshMissing; return }
        $Came.ContainsKey($Number) | Should -BeTrue -Because "it was to be run: $($Run.Problems) $($Run.Text)"
        $difference = Compare-Shape "$Shown" $Came[$Number]
        if ($difference) { throw "$Code`n`n$difference`n`n$($Came[$Number])`n$($Run.Errors -join "`n")" }
    }

    It 'types nothing that does not run' {
        if ($SshMissing) { Set-ItResult -Skipped -Because $SshMissing; return }
        $Run.Problems | Should -BeNullOrEmpty
    }

    It 'takes objects from a host, into setters here, and back' {
        if ($SshMissing) { Set-ItResult -Skipped -Because $SshMissing; return }
        "$($Came[0])".Trim() -split "`n" | Should -Be @(
            'another process True, Deserialized.MacvtapTools.MacvtapLink of 127.0.1.3, no link here True'
            'there: mvt0 Bridge Up, p0 True'
            'here: p0 True MacvtapTools.BridgePort'
            'there again: Bridge False'
            'errors: 0'
        )
    }
}
