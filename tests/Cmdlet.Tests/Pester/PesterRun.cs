using System.Text.Json;
using MacvtapTools.Kernel.Tests;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>One run of the Pester suites in a child pwsh, and what came of each test.</summary>
internal sealed class PesterRun
{
    private static readonly Lazy<PesterRun> _once = new(Start);
    private static readonly JsonSerializerOptions _options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>What came of one test.</summary>
    internal sealed record Result(string Suite, string Name, string Outcome, string Reason, double Seconds);

    /// <summary>The run of this process.</summary>
    internal static PesterRun Current => _once.Value;

    /// <summary>Why there was none, or null.</summary>
    internal string? Missing { get; private init; }

    /// <summary>The shell's version and Pester's.</summary>
    internal string Versions { get; private init; } = string.Empty;

    /// <summary>What the child said besides.</summary>
    internal string Said { get; private init; } = string.Empty;

    internal IReadOnlyList<Result> Results { get; private init; } = [];

    private static PesterRun Start()
    {
        if (Programs.Find("pwsh") is not { } shell)
            return new PesterRun { Missing = "There is no 'pwsh' on the PATH, so nothing was run in a real shell. 'dotnet tool install --global PowerShell' brings one." };
        string report = Path.Combine(Path.GetTempPath(), $"{Lab.OwnPrefix}pester.json");
        try
        {
            Programs.Outcome run = RunPatiently(shell, "-NoProfile", "-NonInteractive", "-File", Repository.Path("tests", "Pester", "Run.ps1"), "-Out", report, "-Pester", Repository.Told("Pester"));
            if (!File.Exists(report))
                throw new InvalidOperationException($"Pester gave no report; pwsh ended with {run.ExitCode}:\n{run.Output}\n{run.ErrorOutput}");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(report));
            JsonElement root = document.RootElement;
            return new PesterRun
            {
                Versions = $"PowerShell {root.GetProperty("shell").GetString()}, Pester {root.GetProperty("pester").GetString()}",
                Said = run.Output + run.ErrorOutput,
                Results = [.. root.GetProperty("tests").EnumerateArray().Select(Read)],
            };
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static Result Read(JsonElement test) => new(
        test.GetProperty("suite").GetString() ?? string.Empty,
        test.GetProperty("name").GetString() ?? string.Empty,
        test.GetProperty("result").GetString() ?? string.Empty,
        test.GetProperty("reason").GetString() ?? string.Empty,
        test.GetProperty("seconds").GetDouble());

    /// <summary>As Programs.Try, with more time: the whole suite runs in there.</summary>
    private static Programs.Outcome RunPatiently(string program, params string[] arguments)
    {
        TimeSpan patience = TimeSpan.FromMinutes(20);
        using System.Diagnostics.Process process = Programs.Start(program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The Pester suites did not end within {patience.TotalMinutes} minutes.");
        }

        return new Programs.Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
