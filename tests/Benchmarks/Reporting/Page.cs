namespace MacvtapTools.Benchmarks.Reporting;

/// <summary>A page of the documentation, of which a part is figures.</summary>
internal static class Page
{
    private const string Begin = "<!-- figures -->";
    private const string End = "<!-- end of figures -->";

    /// <summary>Replaces what stands between the marks; a file without them is written anew.</summary>
    internal static void Update(string path, string figures)
    {
        string old = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        int begin = old.IndexOf(Begin, StringComparison.Ordinal);
        int end = old.IndexOf(End, StringComparison.Ordinal);
        string block = $"{Begin}\n\n{figures.ReplaceLineEndings("\n").Trim()}\n\n{End}";
        File.WriteAllText(path, begin >= 0 && end > begin ? old[..begin] + block + old[(end + End.Length)..] : block + "\n");
    }
}
