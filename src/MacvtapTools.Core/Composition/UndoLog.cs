using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Composition;

/// <summary>
/// Work of several steps that stands as a whole or not at all: before each step it is remembered how to take the step back. An undo looks what is there and does nothing
/// where there is nothing to do, so that it is right also after a step of which nobody knows whether it was made (the kernel did not answer).
/// </summary>
internal sealed class UndoLog
{
    private readonly Stack<(string What, string Remedy, Action Undo)> _steps = new();

    /// <summary>Remembers how to take back the step that comes now.</summary>
    /// <param name="what">What stands if that fails too: "The bridge br0 still stands".</param>
    /// <param name="remedy">A command that would help then.</param>
    /// <param name="undo">Takes it back, or fails.</param>
    internal void Before(string what, string remedy, Action undo) => _steps.Push((what, remedy, undo));

    /// <summary>Does a step; a refusal becomes a cause.</summary>
    /// <param name="work">The step.</param>
    /// <param name="explain">From the kernel's refusal to a cause.</param>
    internal static T Step<T>(Func<T> work, Func<KernelException, MacvtapException> explain)
    {
        try
        {
            return work();
        }
        catch (KernelException failure)
        {
            throw explain(failure);
        }
    }

    /// <summary>A failure with what it means for the whole: it tells of one step, which the user did not ask for.</summary>
    internal static MacvtapException WithOutcome(MacvtapException failure, string outcome) => failure.Restate($"{failure.Message} {outcome}");

    /// <summary>Takes everything back, last first, and gives the failure to report: the one that it began with, and what stands all the same.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="outcome">What is true when everything was taken back: "h was not made."</param>
    internal MacvtapException TakeBack(MacvtapException failure, string outcome)
    {
        List<string> standing = [];
        List<string> remedies = [];
        while (_steps.TryPop(out (string What, string Remedy, Action Undo) step))
        {
            try
            {
                step.Undo();
            }
            catch (Exception second) when (second is KernelException or MacvtapException)
            {
                standing.Add($"{step.What}: {second.Message.TrimEnd('.')}.");
                remedies.Add(step.Remedy);
            }
        }

        return standing.Count == 0
            ? WithOutcome(failure, outcome)
            : new MacvtapException(failure.Id, $"{failure.Message} Not all of it could be taken back: {string.Join(" ", standing)}", string.Join("; ", remedies), failure.Target, failure.InnerException);
    }
}
