using MacvtapTools.Tour.Cleanup;
using MacvtapTools.Tour.Shells;

namespace MacvtapTools.Tour.Preflight;

/// <summary>Tries what the tour needs, in a namespace that is thrown away: versions and user ids would only be guesses.</summary>
/// <param name="shell">Runs the module's cmdlets.</param>
internal sealed class HostCheck(Func<string, LineResult> shell)
{
    private static readonly string Probe = $"{Leftovers.Prefix}{Environment.ProcessId}-probe";

    // The error ids are the module's (MacvtapTools.Failures.FailureId).
    private const string AccessDenied = "AccessDenied";
    private const string KindNotSupported = "KindNotSupported";

    /// <summary>The first thing that is in the way; null when nothing is.</summary>
    internal Obstacle? Find()
    {
        if (Try($"New-NetworkNamespace {Probe}") is { } refused)
            return refused.Id == AccessDenied
                ? new Obstacle("This process may not make network namespaces.", "Run the tour as root: sudo dotnet run --project samples/Tour", IsPermission: true)
                : Unforeseen(refused);
        try
        {
            return FindMissingKind();
        }
        finally
        {
            shell($"Remove-NetworkNamespace {Probe}");
        }
    }

    private Obstacle? FindMissingKind()
    {
        (string Kind, string Line)[] needed =
        [
            ("veth", "New-VethLink probe0 probe1"),
            ("bridge", "New-BridgeLink probe2"),
            ("macvtap", "New-MacvtapLink probe3 probe0"),
        ];
        foreach ((string kind, string line) in needed)
        {
            if (Try($"{line} -NetworkNamespace {Probe}") is { } refused)
                return refused.Id == KindNotSupported ? MissingKind(kind) : Unforeseen(refused);
        }

        return null;
    }

    private LineError? Try(string line) => shell(line).Errors is [{ } first, ..] ? first : null;

    private static Obstacle MissingKind(string kind) => new(
        $"The kernel has no links of kind {kind}.",
        $"Load the module on the host: sudo modprobe {kind}. Where there is none, the kernel was built without it (CONFIG_{kind.ToUpperInvariant()}): "
        + "distributions have it in a package such as linux-modules-extra; sandboxes and some cloud kernels leave it out, and a virtual machine helps.");

    private static Obstacle Unforeseen(LineError error) => new($"{error.Command}: {error.Message}", error.Advice ?? "The message is all that is known.");
}
