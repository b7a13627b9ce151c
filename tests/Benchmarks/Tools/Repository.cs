namespace MacvtapTools.Benchmarks.Tools;

/// <summary>Where the module is.</summary>
internal static class Repository
{
    /// <summary>The manifest of the module that was built with this program.</summary>
    internal static string Manifest { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, "MacvtapTools.psd1");
            if (File.Exists(manifest)) return manifest;
        }

        throw new InvalidOperationException("MacvtapTools.psd1 is in no folder above this program.");
    }
}
