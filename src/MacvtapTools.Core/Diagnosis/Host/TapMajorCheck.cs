using System.Globalization;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>The number that the kernel gave the driver of macvtaps: it is another one at each start.</summary>
internal sealed class TapMajorCheck() : HostCheckRule("TapDeviceNumber", DeviceNodes)
{
    private const string Devices = "/proc/devices";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        // The probe loads the driver where that is possible, so it comes first.
        KernelProbe probe = host.Probe;
        if (host.Read(Devices) is not { } text) return Unknown($"{Devices} cannot be read.", "Mount /proc.");
        if (Major(text) is { } major) return Passed($"Tap devices of macvtaps have the major number {major}.", null, $"{Devices}: {major} macvtap");
        return probe.IsRefused
            ? Warning("The driver of macvtaps is not loaded.", "It is loaded with the first macvtap, or by modprobe macvtap.", $"{Devices} has no macvtap")
            : Failed("The kernel has no device number for macvtaps: the driver is missing.", "modprobe macvtap, on the host.", $"{Devices} has no macvtap");
    }

    /// <summary>The major number in /proc/devices, or null.</summary>
    internal static int? Major(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("Block", StringComparison.Ordinal)) return null;
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is [_, "macvtap"] && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)) return major;
        }

        return null;
    }
}
