using System.Globalization;

namespace MacvtapTools.Interop;

/// <summary>The users or groups that a user namespace knows: /proc/self/uid_map, gid_map (user_namespaces(7)).</summary>
/// <param name="ranges">The first id inside, and how many follow.</param>
internal sealed class IdMap(IReadOnlyList<(uint First, uint Count)> ranges)
{
    private const int CountColumn = 2;

    /// <summary>Reads a map; one that cannot be read has every id.</summary>
    internal static IdMap Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new IdMap([(0, uint.MaxValue)]);
        }
    }

    /// <summary>Reads the text of a map: lines of the first id inside, the first outside, and how many.</summary>
    internal static IdMap Parse(string text) => new(
    [
        .. text.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(l => l.Length > CountColumn)
            .Select(l => (uint.Parse(l[0], CultureInfo.InvariantCulture), uint.Parse(l[CountColumn], CultureInfo.InvariantCulture))),
    ]);

    /// <summary>Whether an id is known.</summary>
    internal bool Has(uint id) => ranges.Any(r => id >= r.First && id - r.First < r.Count);

    /// <summary>Whether it is that of the machine itself, where each id is what it is.</summary>
    internal bool IsWhole => ranges is [(0, uint.MaxValue)];
}
