using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>What came of trying the kernel out in a network namespace of its own.</summary>
internal sealed class KernelProbe
{
    /// <summary>Why no network namespace could be made; <see cref="Errno.None"/> where one could.</summary>
    internal Errno Refusal { get; init; }

    /// <summary>For each kind that was tried what the kernel said.</summary>
    internal Dictionary<string, KindOutcome> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>What the kernel does; a behaviour that could not be tried is not in it.</summary>
    internal Dictionary<KernelBehaviour, bool> Behaviours { get; } = [];

    /// <summary>The node that came with the macvtap; null where none was made.</summary>
    internal NodeOutcome? Node { get; set; }

    internal bool IsRefused => Refusal != Errno.None;
}
