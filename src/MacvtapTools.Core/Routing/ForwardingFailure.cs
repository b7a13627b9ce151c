using MacvtapTools.Interop;

namespace MacvtapTools.Routing;

/// <summary>Forwarding settings that could not be written, and what became of those that were.</summary>
/// <param name="Path">The setting that failed, below /proc/sys/net.</param>
/// <param name="Error">Why; none where the kernel took the value and has another.</param>
/// <param name="Standing">The settings that could not be set back, in words.</param>
internal sealed record ForwardingFailure(string Path, Errno Error, IReadOnlyList<string> Standing)
{
    /// <summary>The setting's name as sysctl(8) writes it.</summary>
    internal string Key => ForwardingClient.Key(Path);

    /// <summary>What the kernel said.</summary>
    internal KernelException Refusal => new(Error, ForwardingClient.Operation(Path));
}
