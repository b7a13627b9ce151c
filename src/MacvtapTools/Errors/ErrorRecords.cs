using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Errors;

/// <summary>From a failure to what a shell shows: id, category, target, the kernel's own words, advice.</summary>
internal static class ErrorRecords
{
    /// <summary>The ConciseView shows the advice under the message since PowerShell 7.5. Before, only Get-Error had it.</summary>
    private static readonly bool _shellShowsAdvice = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    /// <summary>The error record of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="target">What was worked on, where the failure itself does not say.</param>
    internal static ErrorRecord From(MacvtapException failure, object? target = null)
    {
        return new ErrorRecord(failure, failure.Id.ToString(), FailureCategories.Of(failure.Id), failure.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(failure.Message + KernelWords(failure) + AdviceLine(failure)) { RecommendedAction = failure.Advice ?? string.Empty },
        };
    }

    private static string KernelWords(MacvtapException failure)
    {
        if (failure.Errno == Errno.None) return string.Empty;
        string text = failure.KernelText is { } words ? $", \"{words}\"" : string.Empty;
        return $" ({(failure.IsPredicted ? "Not tried. The kernel would say: " : "The kernel: ")}{failure.Errno}, {KernelException.TextOf(failure.Errno)}{text}.)";
    }

    /// <summary>In an older shell the message has the line that a newer one shows by itself.</summary>
    private static string AdviceLine(MacvtapException failure) =>
        _shellShowsAdvice || string.IsNullOrWhiteSpace(failure.Advice) ? string.Empty : $"\n  Recommendation: {failure.Advice}";
}
