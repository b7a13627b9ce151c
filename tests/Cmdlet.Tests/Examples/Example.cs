using System.Collections;
using System.Globalization;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>An example of a help page or of the README, with what tests/Pester/Examples.psd1 says of it.</summary>
/// <param name="Page">The page's name.</param>
/// <param name="Number">Its number on the page.</param>
/// <param name="Title">Its title.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Shown">What the page shows of what comes; null where it shows nothing.</param>
internal sealed record Example(string Page, int Number, string Title, string Code, string? Shown)
{
    /// <summary>The page, and the number.</summary>
    internal string Key => $"{Page} {Number}";

    /// <summary>Whether it is a session of the README, which leaves out what is clear.</summary>
    internal bool IsSession => Page == "README";

    /// <summary>Lines that run first.</summary>
    internal string Before { get; init; } = string.Empty;

    /// <summary>Lines that run again and again beside it.</summary>
    internal string? Meanwhile { get; init; }

    /// <summary>The seconds after which it is stopped as by Ctrl+C: it would go on. Null where it ends.</summary>
    internal double? StopAfter { get; init; }

    /// <summary>How many columns the terminal has; null where it is wide enough for everything.</summary>
    internal int? Width { get; init; }

    /// <summary>A pattern of what differs from host to host; null where nothing does.</summary>
    internal string? Varies { get; init; }

    /// <summary>Whether other lines may come between those that are shown.</summary>
    internal bool Among { get; init; }

    /// <summary>Why only a real shell can run it; null where the lines tell.</summary>
    internal string? Only { get; init; }

    /// <summary>Programs that it takes.</summary>
    internal IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The example with its preparations: those of its page, then its own.</summary>
    internal Example With(Hashtable preparations)
    {
        Hashtable page = preparations[Page] as Hashtable ?? [];
        Hashtable own = page[Number.ToString(CultureInfo.InvariantCulture)] as Hashtable ?? [];
        return this with
        {
            Before = string.Join('\n', new[] { page, own }.Select(t => t["Before"]).OfType<string>()),
            Meanwhile = (own["Meanwhile"] ?? page["Meanwhile"]) as string,
            StopAfter = own["StopAfter"] is IConvertible seconds ? seconds.ToDouble(CultureInfo.InvariantCulture) : null,
            Width = (own["Width"] ?? page["Width"]) as int?,
            Varies = (own["Varies"] ?? page["Varies"]) as string,
            Among = (own["Among"] ?? page["Among"]) is true,
            Only = (own["Only"] ?? page["Only"]) as string,
            Needs = [.. new[] { page, own }.SelectMany(t => t["Needs"] switch { string one => [one], object[] several => several.Cast<string>(), _ => [] })],
        };
    }
}
