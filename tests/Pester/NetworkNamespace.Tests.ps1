# The noun NetworkNamespace, as people use it.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')
}

Describe 'Network namespaces' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = @{ new = New-LabName; new2 = New-LabName }
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'makes one that ip sees, and removes it' {
        $null = New-NetworkNamespace $lab.new
        Invoke-Ip netns list | Where-Object { ($_ -split ' ')[0] -eq $lab.new } | Should -HaveCount 1
        Remove-NetworkNamespace $lab.new
        Invoke-Ip netns list | Where-Object { ($_ -split ' ')[0] -eq $lab.new } | Should -BeNullOrEmpty
    }

    It 'joins two of them with a veth pair' {
        $null = New-NetworkNamespace $lab.new, $lab.new2 -LoopbackUp
        $near = New-VethLink near far -NetworkNamespace $lab.new -PeerNetworkNamespace $lab.new2 -Up
        $near.NetworkNamespace | Should -Be $lab.new
        (Get-Link far -NetworkNamespace $lab.new2).AdministrativeStatus | Should -Be 'Up'
    }

    It 'knows the shell''s own namespace, by the id of its process' {
        (Get-NetworkNamespace $PID).IsCurrent | Should -BeTrue
        (Get-Link lo -NetworkNamespace $PID).Name | Should -Be 'lo'
    }

    It 'leaves the shell where it was' {
        $before = readlink /proc/self/ns/net
        $null = New-NetworkNamespace $lab.new -LoopbackUp
        $null = Get-Link -NetworkNamespace $lab.new
        Remove-NetworkNamespace $lab.new
        readlink /proc/self/ns/net | Should -Be $before
    }
}
