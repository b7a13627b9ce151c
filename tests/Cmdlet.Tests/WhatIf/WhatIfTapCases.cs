namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Tap devices: who may use them, their nodes, frames, guests; and files that are written.</summary>
internal static class WhatIfTapCases
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Tap = "New-MacvtapLink a eth0 -InterfaceIndex {i1} -Up -NetworkNamespace {ns} | Out-Null";
    private const string Off = "New-MacvtapLink a eth0 -InterfaceIndex {i1} -NetworkNamespace {ns} | Out-Null";
    private const string Classic = "New-TapLink t -Up -NetworkNamespace {ns} | Out-Null";
    private const string Tun = "New-TapLink t -Mode Tun -Up -NetworkNamespace {ns} | Out-Null";
    private const string Frame = "ffffffffffff0200000000010800";

    internal static IEnumerable<(string Prepare, string Request)> Access()
    {
        const string Given = Tap + "; Grant-TapDevice a -User 65534 -NetworkNamespace {ns}";
        foreach (string who in new[] { "-User 65534", "-User 65534 -Access Read", "-Group 65534", "-User 0", "-Everyone", "-Everyone -Force", "-User 65534 -Ownership", "-Group 65534 -Ownership", "-User 65534,65533", "-User 65534,65533 -Ownership", "-User nobody-at-all" })
        {
            yield return (Tap, $"Grant-TapDevice a {who}{Here}");
            if (!who.Contains("-Force", StringComparison.Ordinal)) yield return (Given, $"Revoke-TapDevice a {who}{Here}");
        }

        yield return (Tap + "; Grant-TapDevice a -User 65534 -Ownership" + Here, "Revoke-TapDevice a -User 65534 -Ownership" + Here);
        yield return (Tap + "; Grant-TapDevice a -User 65534 -Ownership" + Here, "Revoke-TapDevice a -User 65534" + Here);
        yield return ("", "Grant-TapDevice eth0 -User 65534" + Here);
        yield return (Classic, "Grant-TapDevice t -User 65534" + Here);
        yield return (Tap + "; $ rm /dev/tap{i1}", "Grant-TapDevice a -User 65534" + Here);
        yield return (Tap + "; $ rm /dev/tap{i1}; $ mknod /dev/tap{i1} c 1 3", "Revoke-TapDevice a -User 65534" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Nodes()
    {
        const string Made = Tap + "; Repair-TapDevice a -Path {dir}/n -NetworkNamespace {ns} | Out-Null";
        yield return (Tap, "Repair-TapDevice a -Path {dir}/n" + Here);
        yield return (Tap + "; $ touch {dir}/n", "Repair-TapDevice a -Path {dir}/n" + Here);
        yield return (Tap + "; $ mknod {dir}/n c 1 3", "Repair-TapDevice a -Path {dir}/n" + Here);
        yield return (Tap + "; $ chmod 0777 {dir}", "Repair-TapDevice a -Path {dir}/n" + Here);
        yield return (Tap, "Repair-TapDevice a -Path {dir}/none/n" + Here);
        yield return (Tap, "Repair-TapDevice a -Path /proc/n" + Here);
        yield return (Tap, "Repair-TapDevice a -Path /sys/n" + Here);
        yield return (Made, "Repair-TapDevice a -Path {dir}/n" + Here);
        yield return ("", "Repair-TapDevice eth0 -Path {dir}/n" + Here);
        yield return (Classic, "Repair-TapDevice t -Path {dir}/n" + Here);
        yield return (Tap, "Remove-TapDeviceNode a" + Here);
        yield return (Made, "Remove-TapDeviceNode a" + Here);
        yield return (Made, "Remove-TapDeviceNode -Path {dir}/n" + Here);
        yield return (Made + "; $ rm {dir}/n", "Remove-TapDeviceNode -Path {dir}/n" + Here);
        yield return (Made + "; $ rm {dir}/n; $ touch {dir}/n", "Remove-TapDeviceNode -Path {dir}/n" + Here);
        yield return (Tap, "Remove-TapDeviceNode -Path {dir}/n" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Frames()
    {
        foreach (string before in new[] { Tap, Off }) yield return (before, $"Send-TapFrame a {Frame}{Here}");
        foreach (string frame in new[] { "ffff", "nope", "'ff ff ff ff ff ff 02 00 00 00 00 01 08 00 01'" }) yield return (Tap, $"Send-TapFrame a {frame}{Here}");
        yield return (Off, "Send-TapFrame a ffff" + Here);
        yield return (Classic, $"Send-TapFrame t {Frame}{Here}");
        yield return (Tun, $"Send-TapFrame t {Frame}{Here}");
        yield return ("", $"Send-TapFrame eth0 {Frame}{Here}");
        yield return ("", $"Send-TapFrame nope {Frame}{Here}");
        yield return (Tap + "; $ rm /dev/tap{i1}; $ mknod /dev/tap{i1} c 1 3", $"Send-TapFrame a {Frame}{Here}");
        yield return (Tap, "Send-TapFrame a -Path {dir}/none.pcapng" + Here);
        yield return (Tap + "; $ touch {dir}/x.pcapng", "Send-TapFrame a -Path {dir}/x.pcapng" + Here);
        yield return (Tap + $"; Export-FrameCapture {{dir}}/x.pcapng {Frame}", "Send-TapFrame a -Path {dir}/x.pcapng" + Here);
        yield return (Tap + "; $d = Get-TapDevice a" + Here + "; Disable-Link a" + Here, $"Send-TapFrame $d {Frame}");
        yield return (Tap + "; $d = Get-TapDevice a" + Here + "; Remove-Link a" + Here, $"Send-TapFrame $d {Frame}");
    }

    internal static IEnumerable<(string Prepare, string Request)> Guests()
    {
        const string Second = Tap + "; New-MacvtapLink b eth0 -InterfaceIndex {i2} -Up -NetworkNamespace {ns} | Out-Null";
        yield return (Tap, "Start-TapProcess true -TapDevice a" + Here);
        yield return (Tap, "Start-TapProcess no-such-program -TapDevice a" + Here);
        yield return (Tap, "Start-TapProcess true '{fd2}' -TapDevice a" + Here);
        yield return (Tap, "Start-TapProcess true -TapDevice a -StandardOutputPath {dir}/none/out" + Here);
        yield return (Tap, "Start-TapProcess true -TapDevice a -StandardOutputPath {dir}" + Here);
        yield return (Tap, "Start-TapProcess true -TapDevice a -InNamespace {new}" + Here);
        yield return (Tap, "Start-TapProcess true -TapDevice a -WorkingDirectory {dir}/none" + Here);
        yield return ("", "Start-TapProcess true -TapDevice eth0" + Here);
        yield return (Tun, "Start-TapProcess true -TapDevice t -VnetHeaderSize 0" + Here);
        yield return (Classic, "Start-TapProcess true -TapDevice t -VnetHeaderSize 0 -QueueCount 2" + Here);
        yield return (Tap, "Start-TapProcess true -TapDevice a -QueueCount 256" + Here);
        yield return (Tap + "; $e = Open-TapDevice a" + Here, "Start-TapProcess true -TapDevice a -QueueCount 256" + Here);
        yield return (Classic + "; $e = Open-TapDevice t" + Here, "Start-TapProcess true -TapDevice t -VnetHeaderSize 0" + Here);
        yield return ("New-MacvtapLink a eth0 -InterfaceIndex {i1} -TransmitQueueLength 10000000 -Up" + Here + " | Out-Null", "Start-TapProcess true -TapDevice a" + Here);
        yield return ("New-TapLink t" + Here + " | Out-Null; Set-Link t -TransmitQueueLength 10000000" + Here + "; Enable-Link t" + Here, "Start-TapProcess true -TapDevice t -VnetHeaderSize 0" + Here);
        yield return (Tap, "Start-TapRelay a" + Here);
        yield return (Tap, "Start-TapRelay a -Path {dir}/s" + Here);
        yield return (Tap, "Start-TapRelay a -Path {dir}/none/s" + Here);
        yield return (Tap + "; $ touch {dir}/s", "Start-TapRelay a -Path {dir}/s" + Here);
        yield return (Tap, $"Start-TapRelay a -Path {{dir}}/{new string('s', 120)}{Here}");
        yield return (Second, "Start-TapRelay a -Peer b" + Here);
        yield return (Second, "Start-TapRelay a -Peer a" + Here);
        yield return (Second, "Start-TapRelay a -Peer eth0" + Here);
        yield return (Second + "; $e = Open-TapDevice b -VnetHeader" + Here, "Start-TapRelay a -Peer $e" + Here);
        yield return (Tun, "Start-TapRelay t" + Here);
        yield return ("", "Start-TapRelay eth0" + Here);
    }

    internal static IEnumerable<(string Prepare, string Request)> Files()
    {
        const string There = $"Export-FrameCapture {{dir}}/x.pcapng {Frame}";
        yield return ("", There);
        yield return (There, There);
        yield return (There, There + " -Append");
        yield return (There, There + " -Force");
        yield return (There, There + " -Force -Append");
        yield return ("$ cp /etc/hostname {dir}/x.pcapng", There + " -Append");
        yield return ("", $"Export-FrameCapture {{dir}}/none/x.pcapng {Frame}");
        yield return ("", $"Export-FrameCapture {{dir}} {Frame} -Force");
        yield return ("", $"Export-FrameCapture /proc/x.pcapng {Frame}");
        foreach (string path in new[] { "{dir}/x.svg", "{dir}/x.nope", "{dir}", "{dir}/none/x.svg", "/proc/x.svg" }) yield return ("", $"Export-LinkTopology -Path {path}{Here}");
        yield return ("$ touch {dir}/x.svg", "Export-LinkTopology -Path {dir}/x.svg" + Here);
        yield return ("$ touch {dir}/x.svg", "Export-LinkTopology -Path {dir}/x.svg -Force" + Here);
    }
}
