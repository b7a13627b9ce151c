using System.Diagnostics;
using System.Text.Json;

namespace MacvtapTools.Tour.Shells;

/// <summary>Real PowerShell, as a child process that driver.ps1 feeds.</summary>
internal sealed class PowerShellShell : ITourShell
{
    private const char ResultMark = '\u001E';

    private readonly Process _process;

    internal PowerShellShell(PowerShellProgram program)
    {
        ProcessStartInfo start = new(
            program.Path,
            ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", TourFiles.Driver, "-Manifest", string.Join(';', TourFiles.Modules), "-Width", $"{StandInShell.Width}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Prepare(start);
        _process = Process.Start(start)!;
        try
        {
            using JsonDocument ready = ReadResult([]);
            Title = $"PowerShell {ready.RootElement.GetProperty("Version").GetString()}";
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Title { get; }

    public int ProcessId => _process.Id;

    public LineResult Run(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        List<string> written = [];
        using JsonDocument result = ReadResult(written);
        JsonElement root = result.RootElement;
        return new LineResult(
            written,
            [.. root.GetProperty("Warnings").EnumerateArray().Select(w => w.GetString()!)],
            [.. root.GetProperty("Errors").EnumerateArray().Select(Describe)],
            root.GetProperty("Text").GetString()!);
    }

    public void Stop() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            Stop();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>No colours, no news.</summary>
    internal static void Prepare(ProcessStartInfo start)
    {
        start.Environment["TERM"] = "dumb";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
    }

    private static LineError Describe(JsonElement error) => new(
        LineError.ShortId(error.GetProperty("Id").GetString() ?? string.Empty),
        error.GetProperty("Command").GetString(),
        error.GetProperty("Message").GetString() ?? string.Empty,
        error.GetProperty("Advice").GetString() is { Length: > 0 } advice ? advice : null);

    private JsonDocument ReadResult(List<string> written)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(ResultMark))
                return JsonDocument.Parse(line.AsMemory(1));
            written.Add(line);
        }

        throw new TourException("PowerShell ended before its time.", ExitCode.NotAsPromised);
    }
}
