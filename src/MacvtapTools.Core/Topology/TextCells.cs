using System.Globalization;
using System.Text;

namespace MacvtapTools.Topology;

/// <summary>How wide text is on a grid of equal cells: East Asian wide characters take two, combining ones none. Control characters are made visible first.</summary>
internal static class TextCells
{
    private static readonly (int First, int Last)[] Wide =
        [(0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1FAFF), (0x20000, 0x3FFFD)];

    /// <summary>The mark at the end of what was cut.</summary>
    internal static string Mark(bool isAscii) => isAscii ? ">" : "…";

    internal static int Count(string text) => text.EnumerateRunes().Sum(CellsOf);

    /// <summary>The beginning of a text that fits into some cells.</summary>
    internal static string Cut(string text, int cells)
    {
        int used = 0;
        int end = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += CellsOf(rune);
            if (used > cells) return text[..end];
            end += rune.Utf16SequenceLength;
        }

        return text;
    }

    /// <summary>A name as it can be shown: the kernel allows control characters in it, which would steer a terminal and are no XML.</summary>
    internal static string Visible(string text)
    {
        if (!text.EnumerateRunes().Any(IsInvisible)) return text;
        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune)) shown.Append('?');
            else shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate || rune.Value is 0xFFFE or 0xFFFF;

    private static int CellsOf(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) return 0;
        return Array.Exists(Wide, w => rune.Value >= w.First && rune.Value <= w.Last) ? 2 : 1;
    }
}
