using System.Globalization;

namespace MacvtapTools.Taps;

/// <summary>The number of a character device: what a node opens, whatever its path. See makedev(3).</summary>
/// <param name="Major">The driver, 0 to 4095.</param>
/// <param name="Minor">The device of that driver, 0 to 1048575.</param>
internal readonly record struct DeviceNumber(uint Major, uint Minor)
{
    /// <summary>Reads the text of a sysfs "dev" attribute, such as "246:1".</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">What it says.</param>
    internal static bool TryParse(string? text, out DeviceNumber number)
    {
        number = default;
        ReadOnlySpan<char> span = text;
        int colon = span.IndexOf(':');
        if (colon < 0
            || !uint.TryParse(span[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out uint major)
            || !uint.TryParse(span[(colon + 1)..].TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out uint minor))
        {
            return false;
        }

        number = new DeviceNumber(major, minor);
        return true;
    }

    /// <summary>As sysfs writes it: "246:1".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}:{Minor}");
}
