using MacvtapTools.Tour.Shells;

namespace MacvtapTools.Tour.Preflight;

/// <summary>Answers in the kernel's place as one would that lacks a kind of link (--without), to see what the tour says then.</summary>
internal static class Pretence
{
    internal static LineResult? Apply(string? kind, string line) =>
        kind is not null && line.StartsWith($"New-{kind}Link ", StringComparison.OrdinalIgnoreCase)
            ? new LineResult([], [], [new LineError("KindNotSupported", null, "Unknown device type", null)], string.Empty)
            : null;
}
