using System.Globalization;
using MacvtapTools.Route;

namespace MacvtapTools.Routing;

/// <summary>Routing tables by the names that ip(8) has for those of every host (enum rt_class_t in include/uapi/linux/rtnetlink.h).</summary>
internal static class RouteTable
{
    /// <summary>The names, with what each is.</summary>
    internal static readonly IReadOnlyList<(string Name, uint Number, string What)> Known =
    [
        ("main", RouteCodec.RT_TABLE_MAIN, "what routes are made in and looked for unless a rule says otherwise"),
        ("local", RouteCodec.RT_TABLE_LOCAL, "the kernel's own: the addresses of this host"),
        ("default", RouteCodec.RT_TABLE_DEFAULT, "looked at last; empty on most hosts"),
        ("all", RouteCodec.RT_TABLE_UNSPEC, "every table"),
    ];

    /// <summary>The number of a table, by name or number; null where it is neither.</summary>
    internal static uint? Parse(string? text)
    {
        foreach ((string name, uint number, _) in Known)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return number;
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint typed) ? typed : null;
    }
}
