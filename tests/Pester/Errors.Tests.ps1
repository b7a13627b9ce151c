# What a failure of ours shows: one useful line and the advice in the ConciseView; cause, the kernel's words and the advice in Get-Error.
BeforeDiscovery {
    $Failures = @(
        @{ Line = 'New-MacvtapLink a eth0 -Mtu 9000 -NetworkNamespace {ns}'; Id = 'MtuOutOfRange'; Cause = 'is above that of eth0, 1500'; Kernel = 'EINVAL' }
        @{ Line = 'New-MacvtapLink eth0 out0 -NetworkNamespace {ns}'; Id = 'LinkExists'; Cause = 'eth0 exists already'; Kernel = 'EEXIST' }
        @{ Line = 'New-MacvtapLink a p0 -NetworkNamespace {ns}'; Id = 'LowerDeviceBusy'; Cause = 'a port of'; Kernel = 'EBUSY' }
        @{ Line = 'Remove-Link lo -NetworkNamespace {ns}'; Id = '*'; Cause = 'which cannot be removed'; Kernel = 'EOPNOTSUPP' }
        @{ Line = 'Set-BridgePort p0 -Priority 64 -NetworkNamespace {ns}'; Id = '*'; Cause = 'the kernel does not take that value'; Kernel = 'ERANGE' }
        @{ Line = 'Enable-Hairpin eth0 -NetworkNamespace {ns}'; Id = 'NotBridgePort'; Cause = 'eth0 is'; Kernel = $null }
        @{ Line = 'Add-LinkRoute eth0 10.2.0.0/16 -Gateway 172.16.0.1 -NetworkNamespace {ns}'; Id = '*'; Cause = 'is in no network that eth0 has an address in'; Kernel = 'ENETUNREACH' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')

    function Get-Plain {
        param($What, [int] $Width = 500)
        ($What | Out-String -Width $Width) -replace '\x1b\[[0-9;]*m', ''
    }
}

Describe 'Errors' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    It 'explains: <Line>' -ForEach $Failures {
        $text = Expand-Placeholder $lab $Line
        $ErrorActionPreference = 'Continue'
        $powershell = [powershell]::Create('CurrentRunspace').AddScript($text)
        $null = $powershell.Invoke()
        $record = @($powershell.Streams.Error)[0]
        $powershell.Dispose()
        $record | Should -Not -BeNullOrEmpty
        $record.FullyQualifiedErrorId | Should -BeLike "$Id,MacvtapTools.Commands.*"
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty

        $ErrorView = 'ConciseView'
        $lines = @((Get-Plain $record) -split "`n" | ForEach-Object Trim | Where-Object { $_ })
        $lines.Count | Should -Be 2
        $lines[0] | Should -BeLike "$(($text -split ' ')[0]): *$Cause*"
        $lines[1] | Should -Be "Recommendation: $($record.ErrorDetails.RecommendedAction)"

        $all = Get-Plain ($record | Get-Error)
        $all | Should -BeLike "*$Cause*"
        $all.Contains($record.ErrorDetails.RecommendedAction) | Should -BeTrue -Because 'Get-Error has the advice'
        if ($Kernel) { $all | Should -Match "\b$Kernel\b" }
    }

    # What comes behind the command in the sentence would be arguments: the shell's own parser says where the command ends.
    It 'advises a command that the shell takes as one: <Name>' -ForEach @(
        @{ Name = 'a;b' }, @{ Name = "it's" }, @{ Name = 'x;$y' }, @{ Name = '$(id)' }, @{ Name = 'x[1]*' }, @{ Name = '-v' }, @{ Name = '#a' }, @{ Name = '@a' }, @{ Name = 'a,b' }, @{ Name = '0x1f' }, @{ Name = 'a`b' }, @{ Name = "a$([char] 0x2019)b" }
    ) {
        $null = ip -n $lab.ns link set dev out0 name $Name
        $LASTEXITCODE | Should -Be 0
        $link = Get-Link -InterfaceIndex 13 -NetworkNamespace $lab.ns
        $link | Set-Link -Mtu 99999 -ErrorAction SilentlyContinue -ErrorVariable refusal
        $advice = $refusal[0].ErrorDetails.RecommendedAction
        $advice | Should -BeLike '* is the nearest.'
        $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseInput($advice.Substring(0, $advice.LastIndexOf(' is the nearest.')), [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $tree.EndBlock.Statements.Count | Should -Be 1
        $command = $tree.EndBlock.Statements[0].PipelineElements
        $command.Count | Should -Be 1
        $command[0].Redirections | Should -BeNullOrEmpty
        [Management.Automation.WildcardPattern]::Unescape($command[0].CommandElements[1].Value) | Should -BeExactly $Name

        Invoke-Expression $tree.Extent.Text
        (Get-Link -InterfaceIndex 13 -NetworkNamespace $lab.ns).Mtu | Should -Be 65535
    }
}
