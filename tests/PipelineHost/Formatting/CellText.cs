namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Breaks text into lines.</summary>
internal static class CellText
{
    /// <summary>The lines of a text, none longer than there is room: broken after a word, or within one that is longer itself.</summary>
    internal static IReadOnlyList<string> Lines(string text, int room)
    {
        List<string> lines = [];
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string rest = line;
            while (rest.Length > room)
            {
                int end = rest.LastIndexOf(' ', room);
                lines.Add(end > 0 ? rest[..end] : rest[..room]);
                rest = end > 0 ? rest[(end + 1)..] : rest[room..];
            }

            lines.Add(rest);
        }

        return lines;
    }
}
