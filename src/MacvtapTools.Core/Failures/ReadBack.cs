using MacvtapTools.Interop;

namespace MacvtapTools.Failures;

/// <summary>Reads what was just changed. Where that fails, the change stands all the same, and the failure says so.</summary>
internal static class ReadBack
{
    /// <summary>Reads.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="standing">What stands: "eth0 has the address 10.0.0.1/24".</param>
    /// <param name="advice">A command that shows it.</param>
    /// <param name="target">The target of the failure.</param>
    /// <exception cref="MacvtapException">It could not be read.</exception>
    internal static T Of<T>(Func<T> read, string standing, string advice, object? target)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            throw Failed(failure, standing, advice, target);
        }
    }

    /// <summary>What to throw where the reading failed.</summary>
    /// <param name="failure">What it failed with.</param>
    /// <param name="standing">What stands: "eth0 has the address 10.0.0.1/24", or what was asked: "switch off eth0".</param>
    /// <param name="advice">A command that shows it.</param>
    /// <param name="target">The target of the failure.</param>
    internal static MacvtapException Failed(Exception failure, string standing, string advice, object? target) =>
        new((failure as MacvtapException)?.Id ?? FailureId.KernelError, $"{failure.Message} What was asked stands all the same, and only the reading back failed: {standing}.", advice, target, failure as KernelException ?? failure.InnerException);
}
