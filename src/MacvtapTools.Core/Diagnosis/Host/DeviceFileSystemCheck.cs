namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether /dev is the kernel's own, in which nodes appear by themselves.</summary>
internal sealed class DeviceFileSystemCheck() : HostCheckRule("DeviceFileSystem", DeviceNodes)
{
    private const string Mounts = "/proc/thread-self/mountinfo";
    private const string Advice = "Pass the host's /dev in (podman run -v /dev:/dev), or make nodes by Repair-TapDevice.";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.Look("/dev") is not { IsDirectory: true }) return Failed("There is no /dev.", Advice);
        if (host.Read(Mounts) is not { } mounts) return Unknown("What /dev is cannot be found out: the list of mounts cannot be read.", "Mount /proc.", $"{Mounts} cannot be read");
        if (TypeOfDev(mounts) is not { } found) return Warning("/dev is a plain directory: no node of a tap device appears in it.", Advice, $"{Mounts} has no /dev");
        return found.Type == "devtmpfs"
            ? Passed("/dev is the kernel's own: nodes of tap devices appear and go with their links.", null, found.Line)
            : Warning($"/dev is not the kernel's own but a {found.Type}: no node of a tap device appears in it.", Advice, found.Line);
    }

    /// <summary>The last mount on /dev: the fifth field of its line, and the type behind the dash (proc(5)).</summary>
    private static (string Type, string Line)? TypeOfDev(string mounts)
    {
        (string, string)? found = null;
        foreach (string line in mounts.Split('\n'))
        {
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash > 4 && dash + 1 < fields.Length && fields[4] == "/dev") found = (fields[dash + 1], line);
        }

        return found;
    }
}
