using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What every cmdlet of the module has: it needs Linux, and reports failures in one way.</summary>
public abstract class ModuleCmdlet : PSCmdlet
{
    /// <summary>The module can be imported and its help read on any system; the cmdlets need Linux.</summary>
    protected override void BeginProcessing()
    {
        if (OperatingSystem.IsLinux()) return;
        ThrowTerminatingError(ErrorRecords.From(new MacvtapException(
            FailureId.PlatformNotSupported,
            $"{MyInvocation.MyCommand.Name} needs Linux: it speaks to the Linux kernel.",
            "Run it in PowerShell on Linux, for example over SSH: Invoke-Command -HostName ... { ... }.")));
    }

    /// <summary>Does one piece of work; its failure is reported and the next piece goes on. Anything but a failure of ours passes through, the shell's own signals first of all.</summary>
    /// <param name="target">What the work is about, for the error record.</param>
    /// <param name="work">The work.</param>
    private protected void Attempt(object? target, Action work)
    {
        if (Stopping) throw new PipelineStoppedException();
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (MacvtapException failure)
        {
            WriteError(ErrorRecords.From(failure, target));
        }
        catch (KernelException failure)
        {
            WriteError(ErrorRecords.From(GeneralCauses.Explain(failure, target), target));
        }

        AfterWork();
    }

    /// <summary>
    /// Whether to go on: asks as -Confirm wants it. With -WhatIf it does not, and says what the kernel would say: a refusal is thrown as the refusal itself would be,
    /// to be explained and reported by the same code; what cannot be known goes to the verbose stream, and what the user would regret is a warning.
    /// </summary>
    /// <param name="target">What is changed.</param>
    /// <param name="change">The change.</param>
    /// <param name="check">Checks the request without making it; runs only with -WhatIf.</param>
    private protected bool Proceed(string target, string change, Func<Verdict> check)
    {
        if (ShouldProcess($"Performing the operation \"{change}\" on target \"{target}\".", null, null, out ShouldProcessReason reason)) return true;
        if (reason != ShouldProcessReason.WhatIf) return false;
        Verdict verdict = check();
        if (verdict.Caveat is { } caveat) WriteWarning(caveat);
        if (verdict.Unknown is { } unknown) WriteVerbose($"-WhatIf found nothing that would refuse \"{change}\" on {target}, and one thing that it cannot know: {unknown}.");
        return false;
    }

    /// <summary>A piece of work has ended, well or with an error that was reported: nothing is under way.</summary>
    private protected virtual void AfterWork()
    {
    }

    /// <summary>Ends the command before any work: parameters that do not go together, whatever the links are.</summary>
    /// <param name="message">What does not go together.</param>
    /// <param name="advice">What to give instead.</param>
    /// <param name="target">The value of a parameter.</param>
    private protected void Refuse(string message, string advice, object? target) =>
        ThrowTerminatingError(ErrorRecords.From(new MacvtapException(FailureId.ParameterInvalid, message, advice, target)));

    /// <summary>Reports a failure and goes on.</summary>
    private protected void Report(MacvtapException failure) => WriteError(ErrorRecords.From(failure));
}
