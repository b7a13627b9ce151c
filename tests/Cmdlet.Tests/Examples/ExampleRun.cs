using System.Text.Json;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>One run of all examples that the stand-in can run, in a process with network and mount namespaces of its own, and what came of each.</summary>
internal sealed class ExampleRun
{
    /// <summary>The variable that names the file for the results, in the environment of that process.</summary>
    internal const string ResultsVariable = "MACVTAPTOOLS_EXAMPLE_RESULTS";

    /// <summary>The variable that names the network namespace of the tests, which that process must not be in.</summary>
    internal const string HostVariable = "MACVTAPTOOLS_EXAMPLE_HOST";

    private static readonly Lazy<IReadOnlyDictionary<string, ExampleResult>> _once = new(Start);
    private static readonly Lazy<Shell> _shell = new(() => ShippedModule.NewShell());
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    /// <summary>What came of each, by key.</summary>
    internal static IReadOnlyDictionary<string, ExampleResult> Results => _once.Value;

    /// <summary>Why an example is not run here, or null.</summary>
    internal static string? WhyNot(Example example)
    {
        if (example.Needs.FirstOrDefault(p => Programs.Find(p) is null) is { } program) return $"The program '{program}' is not on this host.";
        if (example.Only is { } only) return $"Only a real shell can run it: {only}.";
        return new[] { example.Code, example.Before, example.Meanwhile }.OfType<string>().Select(_shell.Value.WhyBeyond).FirstOrDefault(r => r is not null) is { } reason
            ? $"No plain line, so that it runs in a real shell only: {reason}."
            : null;
    }

    private static Dictionary<string, ExampleResult> Start()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Lab.OwnPrefix}examples.json");
        Environment.SetEnvironmentVariable(ResultsVariable, file);
        Environment.SetEnvironmentVariable(HostVariable, ExampleLab.Current());
        try
        {
            Inner.Run(typeof(ExampleProcess), nameof(ExampleProcess.All), _patience, "unshare", "--net", "--mount", "--propagation", "private");
            return File.ReadLines(file).Select(l => JsonSerializer.Deserialize<ExampleResult>(l)!).ToDictionary(r => r.Key);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
