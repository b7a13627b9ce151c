namespace MacvtapTools.Tests;

/// <summary>Files of the data folder.</summary>
internal static class TestData
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "data");

    internal static string Text(string name) => File.ReadAllText(Path.Combine(Root, name));

    internal static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern).Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);
}
