#!/usr/bin/env pwsh
# The same two guests, started by libvirt. With <interface type='direct'> it would make the macvtaps itself; but then it opens /dev/tapN by its number and does not look
# whose it is, and in a network namespace small numbers repeat. So the macvtaps are ours, with indexes that nobody else has, and the domain uses them as they are.
# virt-qemu-run is libvirt's QEMU driver without the daemon: it touches nothing of the host's libvirt, and runs in the namespace that the macvtaps are in.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/lab/Lab.psm1" -Force
try {
    $lab = Open-Lab -Needs virt-qemu-run, qemu-system-x86_64
    $files = Get-GuestFile

    function Start-Domain([string] $Name, [string] $Address, [string] $Other) {
        $link = New-MacvtapLink $Name eth0 Vepa -NetworkNamespace $lab.Machine -InterfaceIndex (Get-FreeIndex) -Up
        $root = Join-Path $lab.Folder $Name
        $null = New-Item -ItemType Directory "$root/etc"
        # A libvirt of its own: logs go to files, and QEMU runs as we do.
        'stdio_handler = "file"', 'security_driver = "none"', 'user = "root"', 'group = "root"', 'dynamic_ownership = 0', 'cgroup_controllers = [ ]', 'namespaces = [ ]' |
            Set-Content "$root/etc/qemu.conf"
        Set-Content "$root/domain.xml" @"
<domain type='qemu'>
  <name>$Name</name><memory unit='MiB'>96</memory><cpu mode='maximum'/><features><acpi/></features>
  <os><type arch='x86_64' machine='q35'>hvm</type><kernel>$($files.Kernel)</kernel><initrd>$($files.RamDisk)</initrd>
    <cmdline>console=ttyS0 quiet name=$Name address=$Address/24 ping=$Other,10.99.0.254</cmdline></os>
  <devices>
    <controller type='usb' model='none'/><memballoon model='none'/>
    $($link | ConvertTo-LibvirtXml -Existing)
    <serial type='file'><source path='$root/console.log'/></serial>
  </devices>
</domain>
"@
        # The driver insists on Debian's account for guests of QEMU, which comes with libvirtd. Where there is none it sees one: ip netns exec has its own view of files.
        'passwd', 'group' | ForEach-Object { Copy-Item "/etc/$_" "$root/$_" }
        if (-not (Select-String '^libvirt-qemu:' "$root/passwd")) { Add-Content "$root/passwd" 'libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin' }
        if (-not (Select-String '^libvirt-qemu:' "$root/group")) { Add-Content "$root/group" 'libvirt-qemu:x:64055:' }
        "mount --bind $root/passwd /etc/passwd && mount --bind $root/group /etc/group && exec virt-qemu-run --root=$root $root/domain.xml" | Set-Content "$root/start.sh"
        $null = Start-LabProgram ip netns, exec, $lab.Machine, sh, "$root/start.sh"
        [MacvtapTools.Samples.GuestConsole]::new($Name, "$root/console.log")
    }
    $alpha = Start-Domain alpha 10.99.0.1 10.99.0.2
    $beta = Start-Domain beta 10.99.0.2 10.99.0.1
    Wait-GuestReady $alpha, $beta
    Get-TapDevice alpha, beta -NetworkNamespace $lab.Machine

    'Vepa: the switch sends nothing back.'
    Confirm-GuestReach $alpha 10.99.0.254
    Confirm-GuestReach $alpha 10.99.0.2 -Not

    'Vepa with hairpin.'
    Enable-Hairpin port1 -NetworkNamespace $lab.Closet
    Confirm-GuestReach $alpha 10.99.0.2
    Disable-Hairpin port1 -NetworkNamespace $lab.Closet

    # libvirt cannot change the mode of a running guest's macvtap; the kernel can.
    'Bridge, while the guests go on running.'
    Set-LinkMode alpha, beta Bridge -NetworkNamespace $lab.Machine
    Confirm-GuestReach $alpha 10.99.0.2
    Confirm-GuestReach $beta 10.99.0.1

    'Private.'
    Set-LinkMode alpha, beta Private -NetworkNamespace $lab.Machine
    Confirm-GuestReach $alpha 10.99.0.2 -Not
    Confirm-GuestReach $alpha 10.99.0.254
}
finally { Close-Lab }
