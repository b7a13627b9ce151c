using System.Diagnostics;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>The recording is still what a real shell gives, where there is one.</summary>
public sealed class RealShellTests
{
    [Fact]
    public async Task Recording_is_what_the_real_shell_gives()
    {
        string? pwsh = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Select(p => Path.Combine(p, "pwsh")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(pwsh is null, "no pwsh on PATH: the stand-in is compared with the recording only");

        string folder = Path.Combine(AppContext.BaseDirectory, "Scenarios");
        string output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        try
        {
            ProcessStartInfo start = new(pwsh!)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    "-NoProfile", "-NonInteractive", "-File", Path.Combine(folder, "record.ps1"), Path.Combine(folder, "scripts.txt"), Samples.Path, output,
                },
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
            Assert.True(process.WaitForExit(120_000), "pwsh does not end");
            Assert.True(process.ExitCode == 0, text);

            Scenario[] recorded = [.. Scenario.Load(Path.Combine(folder, "recorded.json"))];
            Scenario[] now = [.. Scenario.Load(output)];
            Assert.Equal(recorded.Select(s => s.Name + ": " + s.Script), now.Select(s => s.Name + ": " + s.Script));
            Assert.Equal(recorded.Select(s => s.Name + "\n" + s.Describe()), now.Select(s => s.Name + "\n" + s.Describe()));
        }
        finally
        {
            File.Delete(output);
        }
    }
}
