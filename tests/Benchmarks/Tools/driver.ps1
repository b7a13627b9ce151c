# Runs in the shell that the benchmarks drive: one line of JSON in, one line of JSON out. Only what stands between the two looks at the clock counts.
param([Parameter(Mandatory)] [string] $Manifest)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest

function New-Name([int] $Count) { foreach ($i in 0..($Count - 1)) { 'm{0:d6}' -f $i } }

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
    'list-ip'      = {
        param($space, $count)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $links = ip -n $space -d -j link | ConvertFrom-Json
        $clock.Stop()
        @($links | Where-Object { $_.linkinfo.info_kind -eq 'macvtap' }).Count
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
        $clock = $null
        $count = . $works[$order.work] $order.namespace $order.count
        [Console]::Out.WriteLine((@{ milliseconds = $clock.Elapsed.TotalMilliseconds; count = $count } | ConvertTo-Json -Compress))
    }
    catch {
        [Console]::Out.WriteLine((@{ error = "$_" } | ConvertTo-Json -Compress))
    }
}
