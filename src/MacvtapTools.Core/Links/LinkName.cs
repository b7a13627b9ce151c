using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>What the kernel takes as an interface name (dev_valid_name in net/core/dev.c).</summary>
internal static class LinkName
{
    /// <summary>Why the kernel would not take a name, or null if it would. "%d" is taken: the kernel puts a free number there.</summary>
    internal static string? Objection(string name)
    {
        if (name.Length == 0) return "it is empty";
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length > RtnetlinkConstants.LongestName) return $"it has {bytes.Length} bytes and {RtnetlinkConstants.LongestName} are allowed";
        if (name is "." or "..") return "it is a directory's name";

        // sysctl_dev_name_is_allowed in net/ipv4/devinet.c: a link would get the folder of the settings for all.
        if (name is "all" or "default") return $"the kernel keeps it for the settings of all links (net.ipv4.conf.{name})";
        foreach (byte b in bytes)
        {
            if (b is (byte)'/' or (byte)':') return $"it contains '{(char)b}'";
            if (b is 0) return "it contains a zero byte";

            // The kernel looks at bytes as if they were Latin-1: 0xa0 counts as a space there, so some accented letters in UTF-8 do too.
            if (b is (byte)' ' or (>= 9 and <= 13)) return "it contains a space";
            if (b is 0xa0) return "it contains a letter whose UTF-8 form has the byte a0, which the kernel takes for a space";
        }

        int percent = name.IndexOf('%');
        return percent >= 0 && (!name.AsSpan(percent).StartsWith("%d") || name.LastIndexOf('%') != percent) ? "a '%' in it may only be one '%d'" : null;
    }

    /// <summary>Whether the kernel puts a free number into the name ("vm%d").</summary>
    internal static bool IsPattern(string name) => name.Contains('%');

    /// <summary>Refuses in words what the kernel would refuse without.</summary>
    /// <exception cref="MacvtapException">LinkNameInvalid.</exception>
    internal static void ThrowIfInvalid(string name)
    {
        if (Objection(name) is { } objection)
            throw new MacvtapException(FailureId.LinkNameInvalid, $"'{name}' cannot be the name of a link: {objection}.", "Take 1 to 15 bytes without spaces, '/' and ':'.", name);
    }
}
