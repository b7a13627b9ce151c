#!/usr/bin/env pwsh
# A classic tap is a link whose other end is a program. Here that is the switch of VDE, which runs wholly in user space: taps of two network namespaces are
# plugged into it with its own tools, and an ordinary user could run it.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs vde_switch, vde_plug2tap
    $socket = Join-Path $lab.Folder vde.sock

    # The taps stay until they are removed, whoever opens them. Until then they have no carrier.
    New-TapLink tap0 -NetworkNamespace $lab.Machine -Up
    New-TapLink tap0 -NetworkNamespace $lab.Outside -Up
    Add-LinkAddress tap0 10.98.0.1/24 -NetworkNamespace $lab.Machine
    Add-LinkAddress tap0 10.98.0.2/24 -NetworkNamespace $lab.Outside
    Confirm-Reach -From $lab.Machine 10.98.0.2 -Not -Because 'nobody has plugged them in'

    vde_switch --sock $socket --daemon --pidfile "$socket.pid"
    Wait-Condition { (Test-Path "$socket/ctl") -and (Test-Path "$socket.pid") } 'the switch'
    Add-LabProgram (Get-Content "$socket.pid")
    foreach ($namespace in $lab.Machine, $lab.Outside) {
        $null = Start-LabProgram ip netns, exec, $namespace, vde_plug2tap, '--sock', $socket, tap0
    }
    Wait-Condition { (Get-Link tap0 -NetworkNamespace $lab.Machine).Carrier -and (Get-Link tap0 -NetworkNamespace $lab.Outside).Carrier } 'the cables'
    Get-Link tap0 -NetworkNamespace $lab.Machine

    Confirm-Reach -From $lab.Machine 10.98.0.2
    Confirm-Reach -From $lab.Outside 10.98.0.1
}
finally { Close-Lab }
