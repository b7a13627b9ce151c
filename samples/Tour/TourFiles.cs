namespace MacvtapTools.Tour;

/// <summary>Where the tour's files are: beside its program.</summary>
internal static class TourFiles
{
    internal static string Script => In("tour.ps1");

    internal static string Driver => In("driver.ps1");

    /// <summary>The manifests of the modules, in the order in which they are imported.</summary>
    internal static IReadOnlyList<string> Modules { get; } = [In("modules/MacvtapTools/MacvtapTools.psd1"), In("modules/Tour.Frames/Tour.Frames.psd1")];

    private static string In(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
