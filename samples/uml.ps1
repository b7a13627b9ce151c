#!/usr/bin/env pwsh
# Guests of User-mode Linux, which is the kernel as an ordinary program: they start in two seconds, without virtualization.
# Its transport "raw" sends and receives on a link by a packet socket, so a macvlan is enough and no tap device is needed. The link is in a network namespace of its
# own: otherwise the host's kernel would listen on it too, and answer for addresses of the host.
# (The transport "fd" does not receive on a macvtap: it waits for a signal, SIGIO, that a macvtap never sends.)
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs linux.uml
    $disk = Get-UmlRamDisk

    function Start-Guest([string] $Name, [string] $Address, [string] $Other) {
        $namespace = "mvsample-$PID-$Name"
        $null = New-NetworkNamespace $namespace
        $link = New-MacvlanLink vm0 eth0 Bridge -LowerDeviceNamespace $lab.Machine -NetworkNamespace $namespace -Up
        $machine = 'mem=64M', "initrd=$disk", "uml_dir=$($lab.Folder)", "umid=$Name", 'con=null', 'con0=null,fd:1', 'quiet'
        $card = $link | ConvertTo-UmlArgument -Depth 128 -Gro
        $guest = "name=$Name", "address=$Address/24", "ping=$Other,10.99.0.254"
        $log = Start-LabProgram ip (@('netns', 'exec', $namespace, 'linux.uml') + $machine + @($card) + $guest)
        [MacvtapTools.Samples.GuestConsole]::new($Name, $log)
    }
    $alpha = Start-Guest alpha 10.99.0.1 10.99.0.2
    $beta = Start-Guest beta 10.99.0.2 10.99.0.1
    Wait-GuestReady $alpha, $beta

    'Bridge.'
    Confirm-GuestReach $alpha 10.99.0.2
    Confirm-GuestReach $beta 10.99.0.254
    Confirm-Reach -From $lab.Outside 10.99.0.1

    'Vepa, without hairpin and with it.'
    'alpha', 'beta' | ForEach-Object { Set-LinkMode vm0 Vepa -NetworkNamespace "mvsample-$PID-$_" }
    Confirm-GuestReach $alpha 10.99.0.2 -Not
    Enable-Hairpin port1 -NetworkNamespace $lab.Closet
    Confirm-GuestReach $alpha 10.99.0.2
    Confirm-Reach -From $lab.Machine 10.99.0.1

    'Private.'
    'alpha', 'beta' | ForEach-Object { Set-LinkMode vm0 Private -NetworkNamespace "mvsample-$PID-$_" }
    Confirm-GuestReach $alpha 10.99.0.2 -Not
    Confirm-GuestReach $alpha 10.99.0.254
}
finally { Close-Lab }
