using System.Globalization;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>How many descriptors a process may have: each queue of a tap device is one.</summary>
internal sealed class OpenFilesCheck() : HostCheckRule("OpenFiles", Settings)
{
    private const string Limits = "/proc/thread-self/limits";
    private const string Field = "Max open files";
    private const long Enough = 1024;

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        string? line = host.Read(Limits)?.Split('\n').FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        string[]? fields = line?[Field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not [var soft, var hard, ..]) return Unknown("How many files a process may have open cannot be found out.", "Mount /proc.");
        string evidence = $"{Limits}: {soft}, at most {hard}";
        return !long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) || limit >= Enough
            ? Passed($"This process may have {soft} files open; each queue of a tap device is one.", null, evidence)
            : Warning($"This process may have only {soft} files open; each queue of a tap device is one, and a link can have 256.", "Raise it (ulimit -n 4096) in the shell that starts pwsh and the guests.", evidence);
    }
}
