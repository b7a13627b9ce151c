using System.Globalization;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Taps;

/// <summary>
/// Descriptors of running programs whose macvtap is gone, in whatever network namespace it was. Their program is not told: writes succeed, and nothing comes.
/// </summary>
internal static class OrphanedDescriptors
{
    private const string Prefix = "/dev/tap";

    /// <summary>The major numbers that the kernel has for macvtaps and ipvtaps (/proc/devices); they are given when the driver is loaded.</summary>
    internal static IReadOnlySet<uint> Drivers()
    {
        HashSet<uint> found = [];
        string[] lines;
        try
        {
            lines = File.ReadAllLines("/proc/devices");
        }
        catch (IOException)
        {
            return found;
        }

        foreach (string line in lines.TakeWhile(l => !l.StartsWith("Block", StringComparison.Ordinal)))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, "macvtap" or "ipvtap"]) found.Add(uint.Parse(number, CultureInfo.InvariantCulture));
        }

        return found;
    }

    /// <summary>Picks them from a scan for all devices of <see cref="Drivers"/>, one object for each process and device.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="drivers">The major numbers.</param>
    /// <param name="sysfs">Any sysfs: /sys/dev/char has the devices of all network namespaces.</param>
    internal static IEnumerable<TapDevice> Find(TapHolderScan scan, IReadOnlySet<uint> drivers, NamespaceSysfs sysfs)
    {
        foreach (IGrouping<(int ProcessId, DeviceNumber Device), TapDescriptor> its in scan.Descriptors
            .Where(d => drivers.Contains(d.Device.Major) && IsGone(d, sysfs))
            .GroupBy(d => (d.ProcessId, d.Device)))
        {
            string path = PathOf(its.First());
            int index = path.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(path[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            TapDevice gone = new(string.Empty, index, its.Key.Device) { Path = path, State = TapDeviceState.Gone };
            yield return gone.With([scan.HolderOf(its)]);
        }
    }

    // The number of a link that is gone can be another's by now; only the descriptor itself tells then.
    private static bool IsGone(TapDescriptor descriptor, NamespaceSysfs sysfs) => descriptor.IsGone || sysfs.ReadLink($"dev/char/{descriptor.Device}") is null;

    private static string PathOf(TapDescriptor descriptor)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle? proc = Libc.Open("/proc", Libc.O_RDONLY | Libc.O_DIRECTORY);
        string path = proc is null ? string.Empty : Libc.ReadLink(proc, string.Create(CultureInfo.InvariantCulture, $"{descriptor.ProcessId}/fd/{descriptor.Number}")) ?? string.Empty;
        const string Deleted = " (deleted)";
        return path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path;
    }
}
