using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using MacvtapTools.Diagnosis;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What every cmdlet of the module has: it needs Linux, and reports failures in one way.</summary>
public abstract class ModuleCmdlet : PSCmdlet
{
    private PieceProgress? _pieces;

    /// <summary>Whether the command shows progress when many pieces of work take long: those that change something do.</summary>
    private protected virtual bool ShowsPieces => GetType().GetCustomAttribute<CmdletAttribute>() is { SupportsShouldProcess: true };

    /// <summary>The module can be imported and its help read on any system; the cmdlets need Linux.</summary>
    protected override void BeginProcessing()
    {
        // With -Confirm the time is mostly the user's.
        if (ShowsPieces && !MyInvocation.BoundParameters.ContainsKey("Confirm")) _pieces = new PieceProgress(this, MyInvocation.MyCommand.Name);
        if (OperatingSystem.IsLinux()) return;
        ThrowTerminatingError(ErrorRecords.From(new MacvtapException(
            FailureId.PlatformNotSupported,
            $"{MyInvocation.MyCommand.Name} needs Linux: it speaks to the Linux kernel.",
            "Run it in PowerShell on Linux, for example over SSH: Invoke-Command -HostName ... { ... }.")));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _pieces?.End();

    /// <summary>Does one piece of work; its failure is reported and the next piece goes on. Anything but a failure of ours passes through, the shell's own signals first of all.</summary>
    /// <param name="target">What the work is about, for the error record.</param>
    /// <param name="work">The work.</param>
    private protected void Attempt(object? target, Action work)
    {
        if (Stopping) throw new PipelineStoppedException();
        _pieces?.Enter();
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
        finally
        {
            _pieces?.Leave();
        }

        AfterWork();
        _pieces?.ShowIfDue(target);
    }

    /// <summary>Does work that mostly waits, and shows how long it has.</summary>
    /// <param name="activity">What is waited for.</param>
    /// <param name="limit">How long it may take; negative or unlimited where there is no end.</param>
    /// <param name="work">The work. It calls what it is given several times a second, on this thread.</param>
    private protected T Await<T>(string activity, TimeSpan limit, Func<Action, T> work)
    {
        WorkProgress progress = new(this, activity);
        try
        {
            return work(() => progress.ShowTime(limit));
        }
        finally
        {
            if (!Stopping) progress.End();
        }
    }

    /// <summary>Emits an object. What the commands behind make of it, on this thread, is not counted as this command's work.</summary>
    private protected new void WriteObject(object? value)
    {
        _pieces?.Pause();
        base.WriteObject(value);
        _pieces?.Resume();
    }

    /// <summary>Emits an object, or what a list consists of.</summary>
    private protected new void WriteObject(object? value, bool enumerateCollection)
    {
        _pieces?.Pause();
        base.WriteObject(value, enumerateCollection);
        _pieces?.Resume();
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

    /// <summary>Ends the command before any work where a time is negative.</summary>
    /// <param name="time">The time.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="advice">What to give instead.</param>
    private protected void RefuseNegative(TimeSpan time, string parameter, string advice)
    {
        if (time < TimeSpan.Zero) Refuse($"-{parameter} cannot be negative.", advice, time);
    }

    /// <summary>Ends the command before any work where a time is too short or too long: the shell's own check of a range knows no times.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">What was given.</param>
    /// <param name="least">The shortest, in seconds.</param>
    /// <param name="most">The longest, in seconds.</param>
    private protected void RequireTime(string parameter, TimeSpan value, double least, double most)
    {
        if (value.TotalSeconds < least || value.TotalSeconds > most)
            Refuse(string.Create(CultureInfo.InvariantCulture, $"-{parameter} must be {least} to {most} seconds."), "A bare number is seconds.", value);
    }

    /// <summary>Reports a failure and goes on.</summary>
    private protected void Report(MacvtapException failure) => WriteError(ErrorRecords.From(failure));
}
