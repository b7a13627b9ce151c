# The noun Link, as people use it.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')
}

Describe 'Links' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'makes ten guests'' links in one line and removes them in another' {
        $made = 1..10 | ForEach-Object { "guest$_" } | New-MacvtapLink -LowerDevice eth0 -Mode Bridge -Up -NetworkNamespace $ns
        $made.Count | Should -Be 10
        $made.Mode | Select-Object -Unique | Should -Be 'Bridge'
        $made.MacAddress | Select-Object -Unique | Should -HaveCount 10
        Get-Link guest* -NetworkNamespace $ns | Remove-Link
        Get-Link guest* -NetworkNamespace $ns | Should -BeNullOrEmpty
    }

    It 'agrees with ip about every link' {
        $null = New-MacvtapLink mvt0 eth0 -Mode Private -NetworkNamespace $ns
        $ours = Get-Link -NetworkNamespace $ns | Sort-Object InterfaceIndex
        $theirs = Invoke-Ip -n $ns -d -j link show | ConvertFrom-Json | Sort-Object ifindex
        $ours.Name | Should -Be $theirs.ifname
        $ours.InterfaceIndex | Should -Be $theirs.ifindex
        $ours.Mtu | Should -Be $theirs.mtu
        $ours.MacAddress | Should -Be ($theirs | ForEach-Object { $_.address })
        ($ours | Where-Object Name -EQ mvt0).Mode | Should -Be 'Private'
    }

    It 'filters with script blocks' {
        $null = 'a', 'b' | New-MacvlanLink -LowerDevice eth0 -NetworkNamespace $ns
        Get-Link -NetworkNamespace $ns | Where-Object { $_.LowerDevice -eq 'eth0' } | ForEach-Object { $_.Name } | Should -Be 'a', 'b'
    }

    It 'takes parameters from a CSV' {
        $made = "Name,LowerDevice,Mode,MacAddress,Mtu`nvm1,eth0,Bridge,52:54:00:00:00:01,1400`nvm2,out0,Private,52:54:00:00:00:02,1500" | ConvertFrom-Csv | New-MacvtapLink -NetworkNamespace $ns
        $made | ForEach-Object { "$($_.Name) $($_.LowerDevice) $($_.Mode) $($_.MacAddress) $($_.Mtu)" } | Should -Be 'vm1 eth0 Bridge 52:54:00:00:00:01 1400', 'vm2 out0 Private 52:54:00:00:00:02 1500'
    }

    It 'takes splatted parameters' {
        $wanted = @{ Name = 'mvt0'; LowerDevice = 'eth0'; Mode = 'Bridge'; Up = $true; NetworkNamespace = $ns }
        (New-MacvtapLink @wanted).AdministrativeStatus | Should -Be 'Up'
    }

    It 'can be caught' {
        { Get-Link nope -NetworkNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'LinkNotFound,MacvtapTools.Commands.GetLinkCommand'
        try { New-MacvtapLink x lo -NetworkNamespace $ns -ErrorAction Stop } catch { $caught = $_ }
        $caught.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $caught.Exception | Should -BeOfType MacvtapTools.Failures.MacvtapException
        $caught.Exception.Errno | Should -Be 'EINVAL'
    }

    It 'follows $WhatIfPreference and $ErrorActionPreference' {
        & { $WhatIfPreference = $true; Remove-Link br0 -NetworkNamespace $ns }
        (Get-Link br0 -NetworkNamespace $ns).Name | Should -Be 'br0'
        { $ErrorActionPreference = 'Stop'; Enable-Link nope -NetworkNamespace $ns } | Should -Throw
    }

    It 'gives objects that compare, group and sort' {
        $groups = Get-Link -NetworkNamespace $ns | Group-Object Kind -AsHashTable -AsString
        $groups.veth.Count | Should -Be 4
        Get-Link -NetworkNamespace $ns | Sort-Object InterfaceIndex -Descending | Select-Object -First 1 -ExpandProperty Name | Should -Be 'out1'
    }

    It 'runs in parallel runspaces' {
        $made = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:PSScriptRoot/../../MacvtapTools.psd1
            New-MacvlanLink "par$_" eth0 -NetworkNamespace $using:ns
        }
        $made.Name | Sort-Object | Should -Be (1..8 | ForEach-Object { "par$_" })
    }

    It 'works in a pipeline that stops early' {
        Get-Link -NetworkNamespace $ns | Select-Object -First 2 | Should -HaveCount 2
    }
}
