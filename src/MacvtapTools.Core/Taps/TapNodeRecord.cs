using System.Globalization;
using MacvtapTools.Interop;

namespace MacvtapTools.Taps;

/// <summary>
/// A node that Repair-TapDevice made: for which link, and by what it is known again. File system, inode, time of birth and device number must all fit, so neither
/// a node that somebody else put at the path nor one that got the inode later is taken for it.
/// </summary>
internal sealed record TapNodeRecord(string Path, ulong FileSystem, ulong Inode, long BirthSeconds, uint BirthNanoseconds, DeviceNumber Device)
{
    /// <summary>The link's name when the node was made.</summary>
    internal required string Name { get; init; }

    /// <summary>The link's index.</summary>
    internal required int InterfaceIndex { get; init; }

    /// <summary>File system and inode of the link's network namespace.</summary>
    internal required (ulong FileSystem, ulong Inode) Namespace { get; init; }

    /// <summary>What the user called the network namespace; null for the current one.</summary>
    internal string? NetworkNamespace { get; init; }

    /// <summary>Whether a file is that node.</summary>
    internal bool IsNode(in FileStatus status) => status.IsCharacterDevice && status.FileSystem == FileSystem && status.Inode == Inode
        && status.BirthSeconds == BirthSeconds && status.BirthNanoseconds == BirthNanoseconds && new DeviceNumber(status.NodeMajor, status.NodeMinor) == Device;

    /// <summary>Whether it was made for that very tap device: the same link, with the number that it has now.</summary>
    internal bool IsFor(TapDevice device) => Device == device.Device && InterfaceIndex == device.InterfaceIndex && Namespace == device.Namespace;

    /// <summary>One line for each fact.</summary>
    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        node={FileSystem}:{Inode}:{BirthSeconds}:{BirthNanoseconds}
        device={Device}
        link={InterfaceIndex}:{Name}
        namespace={Namespace.FileSystem}:{Namespace.Inode}:{NetworkNamespace}
        path={Path}

        """);

    /// <summary>Reads what <see cref="ToText"/> wrote; null for anything else.</summary>
    internal static TapNodeRecord? Parse(string text)
    {
        Dictionary<string, string> facts = text.Split('\n').Select(l => l.Split('=', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1]);
        if (!facts.TryGetValue("node", out string? node) || !facts.TryGetValue("link", out string? link) || !facts.TryGetValue("namespace", out string? place)
            || !facts.TryGetValue("path", out string? path) || !DeviceNumber.TryParse(facts.GetValueOrDefault("device"), out DeviceNumber device))
        {
            return null;
        }

        string[] n = node.Split(':');
        string[] l = link.Split(':', 2);
        string[] p = place.Split(':', 3);
        if (n.Length != 4 || l.Length != 2 || p.Length != 3 || !Number(n[0], out ulong fileSystem) || !Number(n[1], out ulong inode)
            || !long.TryParse(n[2], CultureInfo.InvariantCulture, out long seconds) || !uint.TryParse(n[3], CultureInfo.InvariantCulture, out uint nanoseconds)
            || !int.TryParse(l[0], CultureInfo.InvariantCulture, out int index) || !Number(p[0], out ulong first) || !Number(p[1], out ulong second))
        {
            return null;
        }

        return new TapNodeRecord(path, fileSystem, inode, seconds, nanoseconds, device) { Name = l[1], InterfaceIndex = index, Namespace = (first, second), NetworkNamespace = p[2].Length > 0 ? p[2] : null };
    }

    private static bool Number(string text, out ulong value) => ulong.TryParse(text, CultureInfo.InvariantCulture, out value);
}
