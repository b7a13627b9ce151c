using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Importing the module, each time in a new shell. The start of the shell does not count.</summary>
internal sealed class ImportSuite : ISuite
{
    /// <inheritdoc/>
    public string Name => "import";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        string? missing = Shell.Missing ?? Tool.Missing("dotnet");
        (string assembly, string manifest) = missing is null ? EmptyModule.Build(bench.Folder) : (string.Empty, string.Empty);
        var bare = Contender.If("an empty assembly, no manifest", missing, () => Import(assembly));
        var described = Contender.If("an empty binary module, with a manifest", missing, () => Import(manifest));
        var ours = Contender.If("ours", missing, () => Import(Repository.Manifest));
        if (missing is null) Import(Repository.Manifest);
        Interleaved.Run(bench.Rounds, bench.Stop, bare, ours, described);
        yield return Row.Beyond("Import-Module", described, ours, 40);
        yield return Row.Beyond("the same, against a bare assembly", bare, ours, 40);
    }

    private static double Import(string module)
    {
        string command = $"$clock = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module '{module}'; $clock.Stop(); [Console]::Out.Write($clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))";
        return double.Parse(Tool.Run("pwsh", "-NoProfile", "-NonInteractive", "-Command", command).Output, CultureInfo.InvariantCulture);
    }
}
