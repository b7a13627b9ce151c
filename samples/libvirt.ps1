#!/usr/bin/env pwsh
# The same two guests, started by libvirt. It makes the macvtaps itself, as the domain's XML says, and removes them when the guest ends. virt-qemu-run is libvirt's
# own QEMU driver without the daemon: it needs nothing of the host's libvirt, and runs in the namespace that eth0 is in.
# Once the links are there they are the kernel's: libvirt cannot change the mode of a running guest, Set-LinkMode can.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs virt-qemu-run, qemu-system-x86_64
    $files = Get-GuestFile

    function Start-Domain([string] $Name, [string] $Address, [string] $Other, [string] $Mac) {
        # A libvirt of its own: logs go to files, and QEMU runs as we do.
        $root = Join-Path $lab.Folder $Name
        $null = New-Item -ItemType Directory "$root/etc"
        'stdio_handler = "file"', 'security_driver = "none"', 'user = "root"', 'group = "root"', 'dynamic_ownership = 0', 'cgroup_controllers = [ ]', 'namespaces = [ ]' |
            Set-Content "$root/etc/qemu.conf"
        Set-Content "$root/domain.xml" @"
<domain type='qemu'>
  <name>$Name</name><memory unit='MiB'>96</memory><cpu mode='maximum'/><features><acpi/></features>
  <os><type arch='x86_64' machine='q35'>hvm</type><kernel>$($files.Kernel)</kernel><initrd>$($files.RamDisk)</initrd>
    <cmdline>console=ttyS0 quiet name=$Name address=$Address/24 ping=$Other,10.99.0.254</cmdline></os>
  <devices>
    <controller type='usb' model='none'/><memballoon model='none'/>
    <interface type='direct'><mac address='$Mac'/><source dev='eth0' mode='vepa'/><model type='virtio'/><rom enabled='no'/></interface>
    <serial type='file'><source path='$root/console.log'/></serial>
  </devices>
</domain>
"@
        $null = Start-LabProgram ip netns, exec, $lab.Machine, virt-qemu-run, "--root=$root", "$root/domain.xml"
        [MacvtapTools.Samples.GuestConsole]::new($Name, "$root/console.log")
    }
    $alpha = Start-Domain alpha 10.99.0.1 10.99.0.2 52:54:00:00:00:01
    $beta = Start-Domain beta 10.99.0.2 10.99.0.1 52:54:00:00:00:02
    $alpha.AwaitReady()
    $beta.AwaitReady()
    Get-Link -Kind macvtap -NetworkNamespace $lab.Machine

    'Vepa, as the XML says: the switch sends nothing back.'
    Confirm-GuestReach $alpha 10.99.0.254
    Confirm-GuestReach $alpha 10.99.0.2 -Not

    'Vepa with hairpin.'
    Enable-Hairpin port1 -NetworkNamespace $lab.Closet
    Confirm-GuestReach $alpha 10.99.0.2
    Disable-Hairpin port1 -NetworkNamespace $lab.Closet

    'Bridge, while the guests go on running.'
    Get-Link -Kind macvtap -NetworkNamespace $lab.Machine | Set-LinkMode -Mode Bridge
    Confirm-GuestReach $alpha 10.99.0.2
    Confirm-GuestReach $beta 10.99.0.1

    'Private.'
    Get-Link -Kind macvtap -NetworkNamespace $lab.Machine | Set-LinkMode -Mode Private
    Confirm-GuestReach $alpha 10.99.0.2 -Not
    Confirm-GuestReach $alpha 10.99.0.254
}
finally { Close-Lab }
