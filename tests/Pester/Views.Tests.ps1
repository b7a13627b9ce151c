# What views show in a real shell: colours of states, where they are and where not; lists in groups, wide views, and sessions that may run little.
BeforeDiscovery {
    $Good, $Off, $Caution, $Bad = 'Good', 'Off', 'Caution', 'Bad'
    $States = @(
        @{ View = 'Link'; Property = 'Status'; Colours = @{ Up = $Good; Down = $Off; NoCarrier = $Caution; LowerLayerDown = $Caution; Dormant = $Caution } }
        @{ View = 'BridgePort'; Property = 'State'; Colours = @{ Forwarding = $Good; Disabled = $Off; Listening = $Caution; Learning = $Caution; Blocking = $Caution } }
        @{ View = 'BridgePort'; Property = 'Hairpin'; Colours = @{ True = $Good; False = $null } }
        @{ View = 'TapDevice'; Property = 'State'; Colours = @{ Ready = $Good; NoAccess = $Caution; Missing = $Bad; Shadowed = $Bad; NotADevice = $Bad; Gone = $Bad } }
        @{ View = 'TapEndpoint'; Property = 'State'; Colours = @{ Open = $Good; LinkDown = $Caution; Closed = $Off; Gone = $Bad } }
        @{ View = 'TapRelay'; Property = 'State'; Colours = @{ Running = $Good; Listening = $Caution; Ended = $Off } }
        @{ View = 'ReflectiveRelay'; Property = 'Status'; Colours = @{ Ready = $Good; Changed = $Caution; Incomplete = $Bad } }
        @{ View = 'HostCheck'; Property = 'Status'; Colours = @{ Passed = $Good; Warning = $Caution; Failed = $Bad; NotApplicable = $Off; Unknown = $Off; Handled = $Off } }
        @{ View = 'LinkAdvice'; Property = 'Severity'; Colours = @{ Information = $null; Warning = $Caution; Error = $Bad } }
        @{ View = 'LinkReachability'; Property = 'Reachable'; Colours = @{ Delivered = $Good; Depends = $Caution; NotDelivered = $Bad } }
        @{ View = 'LinkReachability'; Property = 'Measured'; Colours = @{ Delivered = $Good; Depends = $Caution; NotDelivered = $Bad } }
        @{ View = 'LinkPathHop'; Property = 'Event'; Colours = @{ Receive = $Good; Drop = $Bad; Send = $null; HandOver = $null; Forward = $null; Return = $null; Unknown = $null } }
        @{ View = 'LinkProtection'; Property = 'State'; Colours = @{ Active = $Good; Outdated = $Caution; Preceded = $Caution; Damaged = $Bad } }
        @{ View = 'LinkEvent'; Property = 'Event'; Colours = @{ Added = $Good; Removed = $Bad; Changed = $null; Moved = $null; PortJoined = $null; PortLeft = $null; HairpinChanged = $null } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
    $Manifest = (Resolve-Path (Join-Path $PSScriptRoot '../../MacvtapTools.psd1')).Path
    Import-Module $Manifest
    $Escape = [char] 27

    # What the shell makes of objects, as it would write it with this rendering.
    function Get-Rendered {
        param([scriptblock] $Script, [string] $Rendering = 'Ansi', [int] $Width = 120)
        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = $Rendering
        try { & $Script | Out-String -Width $Width } finally { $PSStyle.OutputRendering = $before }
    }

    function Get-Sequence {
        param([string] $Tone)
        switch ($Tone) {
            Good { $PSStyle.Foreground.Green }
            Off { $PSStyle.Foreground.BrightBlack }
            Caution { $PSStyle.Formatting.Warning }
            Bad { $PSStyle.Formatting.Error }
        }
    }

    $script:Files = (Import-PowerShellDataFile $Manifest).FormatsToProcess | ForEach-Object { [xml] (Get-Content -Raw (Join-Path (Split-Path $Manifest) $_)) }
}

Describe 'Colour of <View>.<Property>' -ForEach $States {
    BeforeAll {
        $block = $Files | ForEach-Object { $_.Configuration.ViewDefinitions.View } | Where-Object { $_.Name -eq $View -and $_.TableControl } |
            ForEach-Object { $_.SelectNodes('TableControl//ScriptBlock').InnerText } | Where-Object { $_ -match "\`$_\.$Property\b" }
        $script = [scriptblock]::Create($block)
        $state = [MacvtapTools.Link].Assembly.GetType("MacvtapTools.$View").GetProperty($Property).PropertyType
        $state = [Nullable]::GetUnderlyingType($state) ?? $state
    }

    It 'has every state, and the right colour for each' {
        $names = if ($state -eq [bool]) { 'False', 'True' } else { [Enum]::GetNames($state) }
        $names | Sort-Object | Should -Be ($Colours.Keys | Sort-Object)
        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'Ansi'
        try {
            foreach ($name in $names) {
                $value = if ($state -eq [bool]) { $name -eq 'True' } else { [Enum]::Parse($state, $name) }
                $expected = if ($Colours[$name]) { "$(Get-Sequence $Colours[$name])$name$($PSStyle.Reset)" } else { $name }
                [pscustomobject]@{ $Property = $value } | ForEach-Object $script | Should -Be $expected -Because "$name"

                # As it comes from another process: a number that reads as the name.
                $far = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($value))
                [pscustomobject]@{ $Property = $far } | ForEach-Object $script | Should -Be $expected -Because "$name from afar"
            }
        }
        finally { $PSStyle.OutputRendering = $before }
    }
}

Describe 'On the kernel' {
    BeforeEach {
        if ($Missing = Get-MissingReason -Kind veth, bridge, macvlan, macvtap) { Set-ItResult -Skipped -Because $Missing; return }
        $lab = New-Lab
        $ns = $lab.ns
        $null = New-MacvtapLink mvt0 eth0 -Mode Bridge -Up -InterfaceIndex $lab.i1 -NetworkNamespace $ns
        $null = New-MacvlanLink mvl0 eth0 -Mode Bridge -NetworkNamespace $ns
    }

    AfterEach { Remove-Lab $lab; $lab = $null }

    Context 'Colours' {
        It 'are there where the shell is told to write them' {
            Get-Rendered { Get-Link mvt0, mvl0 -NetworkNamespace $ns } | Should -Match "$Escape\[32mUp$Escape\[0m[\s\S]*$Escape\[90mDown$Escape\[0m"
        }

        It 'are not in what Out-String makes for a user, nor in plain text' {
            foreach ($rendering in 'Host', 'PlainText') {
                Get-Rendered { Get-Link -NetworkNamespace $ns; Get-BridgePort -NetworkNamespace $ns } $rendering | Should -Not -Match $Escape
            }
        }

        It 'are not in a file' {
            $file = Join-Path $TestDrive 'links.txt'
            Get-Link -NetworkNamespace $ns > $file
            Get-Content -Raw $file | Should -Match '\bUp\b'
            Get-Content -Raw $file | Should -Not -Match $Escape
        }

        # The headline's colours are the shell's own, and it writes them there.
        It 'are in no row of what another program reads from the shell' {
            $lines = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "Import-Module '$Manifest'; Get-Link mvt0 -NetworkNamespace $ns; Test-LinkReachability -LowerDevice eth0 -NetworkNamespace $ns"
            ($lines | Where-Object { $_ -match '\bUp\b' }) | Should -Not -Match $Escape
            ($lines | Where-Object { $_ -match '^\d mvt0' }) | Should -Not -Match $Escape
        }

        It 'are on a terminal, and not with NO_COLOR' {
            if (-not (Get-Command script -CommandType Application -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'the program script, which makes a terminal, is not on this host'; return }
            $shell = (Get-Process -Id $PID).Path
            $line = "$shell -NoProfile -NonInteractive -Command `"Import-Module '$Manifest'; Get-Link mvt0 -NetworkNamespace $ns`""
            $env:TERM, $term = 'xterm-256color', $env:TERM
            try {
                script -qec $line /dev/null | Out-String | Should -Match "$Escape\[32mUp$Escape\[0m"
                $env:NO_COLOR = '1'
                script -qec $line /dev/null | Where-Object { $_ -match '\bUp\b' } | Should -Not -Match "$Escape\[32m"
            }
            finally {
                $env:TERM = $term
                Remove-Item Env:NO_COLOR -ErrorAction Ignore
            }
        }

        It 'are the user''s own' {
            $before = $PSStyle.Formatting.Error
            try {
                $PSStyle.Formatting.Error = $PSStyle.Foreground.Magenta
                Remove-Item "/dev/tap$($lab.i1)" -ErrorAction Ignore
                Get-Rendered { Get-TapDevice -NetworkNamespace $ns } | Should -Match "$Escape\[35mMissing$Escape\[0m"
            }
            finally { $PSStyle.Formatting.Error = $before }
        }

        It 'of the matrix are those of its letters, line by line' {
            $lines = (Get-Rendered { Test-LinkReachability -LowerDevice eth0 -NetworkNamespace $ns }) -split "`n"
            $row = $lines | Where-Object { $_ -match '^\d mvt0 bridge' }
            foreach ($part in ((Get-Sequence Off) + '.'), ((Get-Sequence Good) + 'A'), ((Get-Sequence Bad) + '-')) { $row | Should -Match ([regex]::Escape(" $part$($PSStyle.Reset)")) }
            $lines | Where-Object { $_ -match '^Rows send' } | Should -Not -Match $Escape
            ($lines -replace "$Escape\[[0-9;]*m") -join "`n" | Should -BeLike "*$((Test-LinkReachability -LowerDevice eth0 -NetworkNamespace $ns).Draw(80))*"
        }
    }

    Context 'Lists' {
        It 'begin with the name, leave out what the link has not, and go by lower device' {
            $lines = (Get-Rendered { Get-Link mvt0, mvl0 -NetworkNamespace $ns | Format-List } PlainText) -split "`n" | Where-Object { $_.Trim() }
            $lines[0] | Should -Be '   LowerDevice: eth0'
            $lines[1] | Should -Match '^Name +: mvt0$'
            ($lines -match 'LowerDevice:').Count | Should -Be 1
            ($lines -match '^TapDevice +: /dev/tap').Count | Should -Be 1
            $lines | Should -Not -Match '^(Alias|AlternativeName|Peer|SpanningTree|UnknownKindData) '
        }

        It 'show each kind what it is about' {
            $text = Get-Rendered { Get-Link lo, eth0, br0, mvl0 -NetworkNamespace $ns | Format-List } PlainText
            $text | Should -Match '(?m)^Peer +: p0$'
            $text | Should -Match '(?m)^SpanningTree +: False$'
            $text | Should -Match '(?m)^Mode +: Bridge$'
            ([regex]::Matches($text, '(?m)^Mode ')).Count | Should -Be 1
        }

        It 'of bridge ports go by bridge' {
            $lines = (Get-Rendered { Get-BridgePort -NetworkNamespace $ns | Format-List } PlainText) -split "`n" | Where-Object { $_.Trim() }
            $lines[0] | Should -Be '   Bridge: br0'
            ($lines -match '^Name +:').Count | Should -Be 2
        }
    }

    Context 'Network namespaces' {
        It 'stand above what is in them, and nothing above what is in the current one' {
            $other = (Expand-Placeholder $lab '{other}')
            $text = Get-Rendered { Get-Link lo; Get-NetworkNamespace $ns, $other | Get-Link -Kind veth } PlainText
            $lines = $text -split "`n" | Where-Object { $_.Trim() }
            $lines[0] | Should -Match '^Name +ifIndex'
            $lines -match '^   Network namespace: ' | Should -Be "   Network namespace: $ns", "   Network namespace: $other"
            ($lines -match '^Name +ifIndex').Count | Should -Be 3
        }

        It 'stand above <Line>' -ForEach @(
            @{ Line = 'Get-BridgePort' }, @{ Line = 'Get-TapDevice' }, @{ Line = 'Get-LinkStatistics eth0' }, @{ Line = 'Get-LinkForwarding eth0' }, @{ Line = 'Get-LinkMulticastGroup mvt0' }, @{ Line = 'Get-LinkAdvice mvl0' }
            @{ Line = 'Add-LinkAddress eth0 192.0.2.1/24 -PassThru' }, @{ Line = 'Protect-Link mvt0 -Isolate -PassThru' }
        ) {
            $lines = (Get-Rendered { Invoke-Expression "$Line -NetworkNamespace $ns" } PlainText) -split "`n" | Where-Object { $_.Trim() }
            $lines[0] | Should -Be "   Network namespace: $ns"
        }
    }

    Context 'Lines that are too long' {
        It 'break between words of <View>, also where the shell knows no language' -ForEach @(
            @{ View = 'LinkAdvice'; Line = '{ Get-LinkAdvice mvt0 }' }
            @{ View = 'HostCheck'; Line = '{ Test-MacvtapHost VhostNet, UdevRules, TapDeviceNumber }' }
        ) {
            $before = [cultureinfo]::CurrentCulture
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
            try {
                $objects = @(& ([scriptblock]::Create($Line.Trim('{', '}') + " -NetworkNamespace $ns")))
                $text = (Get-Rendered { $objects } PlainText $Host.UI.RawUI.BufferSize.Width) -replace '\s+', ' '
            }
            finally { [cultureinfo]::CurrentCulture = $before }
            $objects | Should -Not -BeNullOrEmpty
            foreach ($summary in $objects.Summary) { $text | Should -BeLike "*$([wildcardpattern]::Escape(($summary -replace '\s+', ' ')))*" }
        }
    }

    Context 'Wide views' {
        It 'of <Line> show <Expected>' -ForEach @(
            @{ Line = 'Get-Link eth0, mvt0'; Expected = 'eth0 mvt0' }
            @{ Line = 'Get-BridgePort'; Expected = 'p0 out1' }
            @{ Line = 'Get-TapDevice'; Expected = '/dev/tap{i1}' }
            @{ Line = 'Get-NetworkNamespace {ns}'; Expected = '{ns}' }
        ) {
            $text = Expand-Placeholder $lab $(if ($Line -like '*{ns}*') { $Line } else { "$Line -NetworkNamespace {ns}" })
            (Get-Rendered { Invoke-Expression "$text | Format-Wide" } PlainText).Trim() -replace '\s+', ' ' | Should -Be (Expand-Placeholder $lab $Expected)
        }

        It 'show the state by colour' { Get-Rendered { Get-Link mvt0, mvl0 -NetworkNamespace $ns | Format-Wide } | Should -Match "$Escape\[32mmvt0$Escape\[0m.*$Escape\[90mmvl0$Escape\[0m" }
    }

    Context 'Where the language is constrained' {
        It 'shows <Line> all the same' -ForEach @(
            @{ Line = 'Get-Link mvt0 -NetworkNamespace {ns}'; Expected = 'mvt0 .* Bridge +Up ' }
            @{ Line = 'Get-Link mvt0 -NetworkNamespace {ns} | Format-List'; Expected = '(?m)^Status +: Up$' }
            @{ Line = 'Get-Link eth0, mvt0 -NetworkNamespace {ns} | Format-Wide'; Expected = 'eth0 +mvt0' }
            @{ Line = 'Get-BridgePort -NetworkNamespace {ns}'; Expected = 'p0 .* br0 +Forwarding +False' }
            @{ Line = 'Test-LinkReachability -LowerDevice eth0 -NetworkNamespace {ns}'; Expected = '(?m)^\d mvt0 bridge +- \. ' }
        ) {
            $session = [initialsessionstate]::CreateDefault()
            $session.LanguageMode = 'ConstrainedLanguage'
            $runspace = [runspacefactory]::CreateRunspace($session)
            $runspace.Open()
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            try {
                $text = $shell.AddScript("Import-Module '$Manifest'; `$ExecutionContext.SessionState.LanguageMode; $(Expand-Placeholder $lab $Line) | Out-String -Width 120").Invoke()
                $shell.Streams.Error | Should -BeNullOrEmpty
                $text[0] | Should -Be 'ConstrainedLanguage'
                $text[1] | Should -Match $Expected
            }
            finally {
                $shell.Dispose()
                $runspace.Dispose()
            }
        }
    }
}
