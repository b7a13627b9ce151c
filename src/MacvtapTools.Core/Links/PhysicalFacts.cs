using System.Globalization;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Links;

/// <summary>What sysfs tells of the device behind a link (Documentation/ABI/testing/sysfs-class-net). What it does not tell is null.</summary>
/// <param name="Driver">The name of the driver.</param>
/// <param name="Bus">The bus, and the device's name on it.</param>
/// <param name="Speed">In Mbit/s.</param>
/// <param name="Duplex">Half or full.</param>
/// <param name="IsWireless">Whether it is a wireless device (802.11).</param>
internal sealed record PhysicalFacts(string? Driver, string? Bus, int? Speed, Duplex? Duplex, bool IsWireless = false)
{
    /// <summary>Reads them.</summary>
    /// <param name="sysfs">The sysfs of the link's namespace.</param>
    /// <param name="name">The link's name.</param>
    internal static PhysicalFacts Read(NamespaceSysfs sysfs, string name)
    {
        string link = $"class/net/{name}";
        string? bus = LastPart(sysfs.ReadLink($"{link}/device/subsystem"));
        string? place = LastPart(sysfs.ReadLink($"{link}/device"));

        // Of a link that is off, or a driver that does not know, the kernel gives an error or -1 (SPEED_UNKNOWN), which older kernels print without a sign.
        int? speed = sysfs.TryReadText($"{link}/speed", out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int megabits) && megabits > 0 ? megabits : null;
        Duplex? duplex = sysfs.TryReadText($"{link}/duplex", out string? way) ? way switch { "half" => MacvtapTools.Duplex.Half, "full" => MacvtapTools.Duplex.Full, _ => null } : null;
        return new PhysicalFacts(LastPart(sysfs.ReadLink($"{link}/device/driver")), place is null ? null : bus is null ? place : $"{bus} {place}", speed, duplex, sysfs.ReadLink($"{link}/phy80211") is not null);
    }

    private static string? LastPart(string? path) => path?[(path.LastIndexOf('/') + 1)..];
}
