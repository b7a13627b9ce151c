# Cmdlets in other processes, and their objects here: what remoting over SSH does too, with the same serializer. And the script of docs/fleet.md, twice.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot 'ExamplePages.psm1')
    $Manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')).Path
    Import-Module $Manifest
    $Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap
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
        $script = [regex]::Match((Get-Content (Join-Path $PSScriptRoot '../../docs/fleet.md') -Raw), '(?ms)^```powershell\n(# guests\.ps1.*?)\n```$').Groups[1].Value
        $script | Should -Not -BeNullOrEmpty
        $indexes = '@(Get-Link web* | Sort-Object Name | ForEach-Object InterfaceIndex) -join " "'
        $results = Invoke-PreparedExample @(
            @{ Key = 'nothing'; Code = ''; Snapshot = $true }
            @{ Key = 'once'; Code = $script; Snapshot = $true }
            @{ Key = 'twice'; Code = "`$null = . { $script }`n`$first = $indexes`n$script`n`$first -eq ($indexes)"; Snapshot = $true }
        )
        $results.once.Errors + $results.once.Problems + $results.twice.Errors + $results.twice.Problems | Should -BeNullOrEmpty
        $results.once.State | Should -Not -BeExactly $results.nothing.State
        $results.twice.State | Should -BeExactly $results.once.State
        $results.once.Text | Should -Match 'made web1'
        $results.twice.Text.Trim() | Should -Be 'True' -Because 'the second time nothing is done, and the links are the same'
    }
}
