# Runs in the shell that the benchmarks drive: one line of JSON in, one line of JSON out. Only what stands between the two looks at the clock counts.
param([Parameter(Mandatory)] [string] $Manifest)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest

function New-Name([int] $Count) { foreach ($i in 0..($Count - 1)) { 'm{0:d6}' -f $i } }

# What completion costs at least.
function Get-OneWord { param([ArgumentCompleter({ 'word' })] [string] $Name) $Name }

$works = @{
    create         = {
        param($space, $count)
        $names = New-Name $count
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $made = $names | New-MacvtapLink -LowerDevice v0 -Mode Bridge -Up -NetworkNamespace $space
        $clock.Stop()
        $made.Count
    }
    list           = {
        param($space, $count)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $links = Get-Link -NetworkNamespace $space
        $clock.Stop()
        @($links | Where-Object Kind -EQ macvtap).Count
    }
    complete       = {
        param($space, $count)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $completion = TabExpansion2 -inputScript $order.line -cursorColumn $order.line.Length
        $clock.Stop()
        $completion.CompletionMatches.Count
    }
    'list-ip'      = {
        param($space, $count)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $links = ip -n $space -d -j link | ConvertFrom-Json
        $clock.Stop()
        @($links | Where-Object { $_.linkinfo.info_kind -eq 'macvtap' }).Count
    }
    # Frames wait before the clock starts; it starts with the first of them, when the cmdlet has found its link.
    receive        = {
        param($space, $count)
        $device = Open-TapDevice m000000 -NetworkNamespace $space
        [Console]::Out.WriteLine('ready')
        $null = [Console]::In.ReadLine()
        $before = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
        $frames = Receive-TapFrame $device -Type 0x88b5 -Count $count -Timeout $order.patience
        $elapsed = [DateTime]::Now - $frames[0].Time
        $processor = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $before
        Close-TapDevice $device
        $frames.Count
    }
    watch          = {
        param($space, $count)
        $before = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
        $frames = Watch-LinkFrame m000000 -Type 0x88b5 -Count $count -Timeout $order.patience -BufferSize 128 -NetworkNamespace $space
        $elapsed = [DateTime]::Now - $frames[0].Time
        $processor = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $before
        $frames.Count
    }
    # To a file; the frames are sent when the shell is ready.
    'watch-file'   = {
        param($space, $count)
        $before = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
        $capture = Watch-LinkFrame m000000 -Type 0x88b5 -Count $count -Timeout $order.patience -BufferSize $order.buffer -Path $order.path -Force -NetworkNamespace $space 3> $null
        $processor = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $before
        $elapsed = $capture.Duration
        $dropped = $capture.DroppedCount
        $capture.FrameCount
    }
    'receive-file' = {
        param($space, $count)
        $device = Open-TapDevice m000000 -NetworkNamespace $space
        [Console]::Out.WriteLine('ready')
        $null = [Console]::In.ReadLine()
        $before = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
        $capture = Receive-TapFrame $device -Type 0x88b5 -Count $count -Timeout $order.patience -Path $order.path -Force 3> $null
        $processor = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $before
        Close-TapDevice $device
        $elapsed = $capture.Duration
        $dropped = $capture.DroppedCount
        $capture.FrameCount
    }
    remove         = {
        param($space, $count)
        $links = Get-Link -NetworkNamespace $space -Kind macvtap
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $links | Remove-Link
        $clock.Stop()
        $links.Count - @(Get-Link -NetworkNamespace $space -Kind macvtap).Count
    }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $order = $line | ConvertFrom-Json
    [GC]::Collect()
    try {
        $clock = $elapsed = $processor = $frames = $dropped = $null
        $count = . $works[$order.work] $order.namespace $order.count
        if ($clock) { $elapsed = $clock.Elapsed }
        [Console]::Out.WriteLine((@{ milliseconds = $elapsed.TotalMilliseconds; processor = $processor ? $processor.TotalMilliseconds : 0; dropped = $dropped ?? 0; count = $count } | ConvertTo-Json -Compress))
    }
    catch {
        [Console]::Out.WriteLine((@{ error = "$_" } | ConvertTo-Json -Compress))
    }
}
