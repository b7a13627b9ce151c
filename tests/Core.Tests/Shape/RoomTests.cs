using System.Text.RegularExpressions;
using Xunit;

namespace MacvtapTools.Tests.Shape;

/// <summary>The rooms of the core as docs/design says them: each is in its table, and uses only those above it.</summary>
public sealed partial class RoomTests
{
    private static readonly string Core = Repository.Path("src", "MacvtapTools.Core");

    private static readonly List<string> Rooms =
        [.. TableRow().Matches(File.ReadAllText(Repository.Path("docs", "design", "README.md"))).Select(m => m.Groups[1].Value)];

    [Fact]
    public void The_table_has_every_room_once()
    {
        string[] folders = [.. Directory.GetDirectories(Core).Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];
        Assert.Equal(folders, Rooms.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_room_uses_only_rooms_above_it()
    {
        var upward = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories))
        {
            int own = Rooms.IndexOf(Path.GetRelativePath(Core, file).Split(Path.DirectorySeparatorChar)[0]);
            if (own < 0) continue;
            upward.AddRange(UsedRoom().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Where(used => Rooms.IndexOf(used) > own).Select(used => $"{Path.GetRelativePath(Core, file)} uses {used}"));
        }

        Assert.Empty(upward);
    }

    [GeneratedRegex(@"^\| `(\w+)/` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\bMacvtapTools\.([A-Z]\w+)\b")]
    private static partial Regex UsedRoom();
}
