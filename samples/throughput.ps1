#!/usr/bin/env pwsh
# What a wiring costs: TCP from one network namespace to another, over each way of joining them that this module makes. iperf3 measures; the links' own counters must agree.
# The figures are this machine's: compare them with each other, in one run, on a machine that does nothing else.
param(
    # How long each measurement takes, in seconds.
    [ValidateRange(1, 3600)]
    [int] $Seconds = 1,

    # How often each wiring is measured; the median counts. All wirings take turns, so that a busy moment does not fall on one of them alone.
    [ValidateRange(1, 99)]
    [int] $Rounds = 1
)
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs iperf3
    $a = "mvsample-$PID-a"
    $b = "mvsample-$PID-b"
    $null = New-NetworkNamespace $a, $b
    $closet = @{ NetworkNamespace = $lab.Closet }
    $onMachine = @{ LowerDevice = 'eth0'; LowerDeviceNamespace = $lab.Machine; Up = $true }

    # Two cables from the hosts to a switch in the closet.
    function Add-Cable {
        $null = New-VethLink eth0 cable-a -NetworkNamespace $a -PeerNetworkNamespace $lab.Closet -Up
        $null = New-VethLink eth0 cable-b -NetworkNamespace $b -PeerNetworkNamespace $lab.Closet -Up
    }

    # Each makes eth0 in both namespaces; it is taken away again afterwards, and the other ends with it.
    $wirings = [ordered]@{
        'veth pair'                           = { $null = New-VethLink eth0 eth0 -NetworkNamespace $a -PeerNetworkNamespace $b -Up }
        'macvlan, Bridge'                     = { $a, $b | ForEach-Object { $null = New-MacvlanLink eth0 -Mode Bridge -NetworkNamespace $_ @onMachine } }
        'macvlan, Vepa and a hairpin port'    = {
            Enable-Hairpin port1 @closet
            $a, $b | ForEach-Object { $null = New-MacvlanLink eth0 -Mode Vepa -NetworkNamespace $_ @onMachine }
        }
        'veth pairs and a bridge'             = { Add-Cable; Add-BridgePort cable-a, cable-b switch @closet }
    }
    if ((Test-LabProgram ovs-vswitchd) -and (Test-LabProgram ethtool)) {
        $database = Start-OpenVswitch
        ovs-vsctl "--db=$database" add-br ovs -- set bridge ovs datapath_type=netdev
        $wirings['veth pairs and Open vSwitch in user space'] = {
            Add-Cable
            # That switch computes no checksums: what leaves the hosts must have them.
            $a, $b | ForEach-Object { $null = ip netns exec $_ ethtool -K eth0 tx off }
            # Those of the round before go first, in a step of their own: the switch would keep what has their names.
            ovs-vsctl "--db=$database" --if-exists del-port ovs cable-a -- --if-exists del-port ovs cable-b
            ovs-vsctl "--db=$database" add-port ovs cable-a -- add-port ovs cable-b
        }
    }
    if ((Test-LabProgram vde_switch) -and (Test-LabProgram vde_plug2tap)) {
        $socket = Join-Path $lab.Folder vde.sock
        vde_switch --sock $socket --daemon --pidfile "$socket.pid"
        Wait-Condition { (Test-Path "$socket/ctl") -and (Test-Path "$socket.pid") } 'the switch of VDE'
        Add-LabProgram (Get-Content "$socket.pid")
        $wirings['taps and the switch of VDE'] = {
            foreach ($namespace in $a, $b) {
                $null = New-TapLink eth0 -NetworkNamespace $namespace -Up
                $null = Start-LabProgram ip netns, exec, $namespace, vde_plug2tap, '--sock', $socket, eth0
            }
        }
    }

    # One measurement; what iperf3 and the receiver's link say.
    function Measure-Wiring {
        Add-LinkAddress eth0 10.97.0.1/24 -NetworkNamespace $a
        Add-LinkAddress eth0 10.97.0.2/24 -NetworkNamespace $b
        Wait-Condition { $null = ip netns exec $a busybox ping -c 1 -W 1 10.97.0.2; $LASTEXITCODE -eq 0 } 'the wire'
        $server = Start-LabProgram ip netns, exec, $b, iperf3, '--server', '--one-off', '--forceflush'
        Wait-Condition { (Test-Path $server) -and (Get-Content $server -Raw) -match 'listening' } 'the server'
        $before = Get-LinkStatistics eth0 -NetworkNamespace $b
        $report = ip netns exec $a iperf3 --client 10.97.0.2 --time $Seconds --json | ConvertFrom-Json
        $link = Get-LinkStatistics eth0 -NetworkNamespace $b -Delta $before
        if ($report.PSObject.Properties['error']) { throw "iperf3: $($report.error)" }
        [pscustomobject]@{ BitsPerSecond = $report.end.sum_received.bits_per_second; Bytes = $report.end.sum_received.bytes; LinkBytes = $link.ReceivedBytes }
    }

    $measured = @{}
    for ($round = 0; $round -lt $Rounds; $round++) {
        foreach ($wiring in $wirings.Keys) {
            . $wirings[$wiring]
            $measured[$wiring] = @($measured[$wiring]) + @(Measure-Wiring)
            Remove-Link eth0 -NetworkNamespace $a
            Get-Link eth* -NetworkNamespace $b | Remove-Link
        }
    }

    foreach ($wiring in $wirings.Keys) {
        # Each segment has headers as well, so the link carries a little more than the program.
        $odd = @($measured[$wiring] | Where-Object { $_ -and ($_.LinkBytes -lt $_.Bytes -or $_.LinkBytes -gt 1.1 * $_.Bytes + 100000) })
        Confirm-Promise "$wiring`: the link counted what iperf3 received" ($odd.Count -eq 0)
    }

    function Get-Median { $sorted = @($args[0] | Sort-Object); $sorted[[int][Math]::Floor($sorted.Count / 2)] }
    $best = 0
    foreach ($wiring in $wirings.Keys) {
        $rate = Get-Median @($measured[$wiring] | Where-Object { $_ } | ForEach-Object BitsPerSecond)
        if (-not $best) { $best = $rate }
        [pscustomobject]@{ Wiring = $wiring; MbitPerSecond = [Math]::Round($rate / 1e6); OfVethPair = '{0:P0}' -f ($rate / $best) }
    }
}
finally { Close-Lab }
