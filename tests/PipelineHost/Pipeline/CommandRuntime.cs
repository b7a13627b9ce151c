using System.Management.Automation;
using System.Management.Automation.Host;
using MacvtapTools.PipelineHost.Binding;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>What one cmdlet writes, asks and throws.</summary>
internal sealed class CommandRuntime : ICommandRuntime2
{
    private readonly PipelineRun run;
    private readonly CommandProcessor command;
    private readonly Preferences preferences;
    private readonly Confirmation confirmation;
    private readonly StreamVariables variables;

    internal CommandRuntime(PipelineRun run, CommandProcessor command, BindingState state)
    {
        this.run = run;
        this.command = command;
        preferences = new Preferences(run.Session, state);
        variables = new StreamVariables(run.Session, state);
        confirmation = new Confirmation(run.Session, preferences, WriteVerbose, () => RequirePermission(needsToBeCurrent: false));
    }

    public PSTransactionContext? CurrentPSTransaction => null;

    public PSHost Host => run.Session.Host;

    private ShellResult Streams => run.Session.Streams;

    public bool TransactionAvailable() => false;

    public bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll)
    {
        run.ThrowIfStopping();
        return confirmation.Continue(query, caption, ref yesToAll, ref noToAll);
    }

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        ShouldContinue(query, caption, hasSecurityImpact: false, ref yesToAll, ref noToAll);

    public bool ShouldContinue(string query, string caption)
    {
        run.ThrowIfStopping();
        return confirmation.Continue(query, caption);
    }

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason)
    {
        run.ThrowIfStopping();
        return confirmation.Process(verboseDescription, verboseWarning, caption, out shouldProcessReason);
    }

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        ShouldProcess(verboseDescription, verboseWarning, caption, out _);

    public bool ShouldProcess(string target, string action) =>
        ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".", null!, null!, out _);

    public bool ShouldProcess(string target) => ShouldProcess(target, command.Invocation.MyCommand.Name);

    public void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        RequirePermission(needsToBeCurrent: true);
        run.ThrowIfStopping();
        errorRecord.SetInvocationInfo(command.Invocation);
        throw Fail(new CmdletInvocationException(errorRecord));
    }

    public void WriteError(ErrorRecord errorRecord)
    {
        ArgumentNullException.ThrowIfNull(errorRecord);
        run.ThrowIfStopping();
        RequirePermission(needsToBeCurrent: true);
        errorRecord.SetInvocationInfo(command.Invocation);
        ReportError(errorRecord);
    }

    public void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        if (!enumerateCollection || LanguagePrimitives.GetEnumerable(sendToPipeline) is not { } list)
        {
            WriteObject(sendToPipeline);
            return;
        }

        foreach (object? item in list)
            WriteObject(item);
    }

    public void WriteObject(object? sendToPipeline)
    {
        run.ThrowIfStopping();
        RequirePermission(needsToBeCurrent: true);
        variables.Output(sendToPipeline);
        run.Emit(command, sendToPipeline);
    }

    public void WriteProgress(long sourceId, ProgressRecord progressRecord) => WriteProgress(progressRecord);

    public void WriteProgress(ProgressRecord progressRecord)
    {
        ArgumentNullException.ThrowIfNull(progressRecord);
        Write(StreamKind.Progress, preferences.Progress, progressRecord, progressRecord.Activity, "ProgressPreference");
    }

    public void WriteVerbose(string text) => Write(StreamKind.Verbose, preferences.Verbose, text, text, "VerbosePreference");

    public void WriteDebug(string text) => Write(StreamKind.Debug, preferences.Debug, text, text, "DebugPreference");

    public void WriteCommandDetail(string text) => RequirePermission(needsToBeCurrent: false);

    public void WriteWarning(string text)
    {
        if (preferences.Warning != ActionPreference.Ignore)
            variables.Warning(new WarningRecord(text) { InvocationInfo = command.Invocation });

        Write(StreamKind.Warning, preferences.Warning, text, text, "WarningPreference");
    }

    public void WriteInformation(InformationRecord informationRecord)
    {
        ArgumentNullException.ThrowIfNull(informationRecord);
        ActionPreference preference = preferences.Information;
        if (preference != ActionPreference.Ignore)
            variables.Information(informationRecord);

        // The stream gets the record even when the screen would not.
        Write(
            StreamKind.Information,
            preference == ActionPreference.SilentlyContinue ? ActionPreference.Continue : preference,
            informationRecord,
            informationRecord.ToString(),
            "InformationPreference");
    }

    internal void StartVariables() => variables.Start();

    /// <summary>Writes an error as the preference says, without asking whose turn it is.</summary>
    internal void ReportError(ErrorRecord record)
    {
        run.ThrowIfStopping();
        ActionPreference preference = preferences.Error;
        if (preference == ActionPreference.Ignore)
            return;

        if (preference == ActionPreference.Stop)
        {
            throw Fail(new ActionPreferenceStopException(
                $"The running command stopped because the preference variable \"ErrorActionPreference\" or common parameter is set to Stop: {record}", record));
        }

        if (preference == ActionPreference.Inquire)
            confirmation.Inquire(record.ToString());

        variables.Error(record);
        run.Session.Remember(record);
        if (preference != ActionPreference.SilentlyContinue)
            Streams.Add(StreamKind.Error, record);
    }

    private void RequirePermission(bool needsToBeCurrent) => run.RequirePermission(command, needsToBeCurrent);

    private PipelineStoppedException Fail(Exception failure)
    {
        if (failure is IContainsErrorRecord container)
            variables.Error(container.ErrorRecord);

        return run.Fail(failure);
    }

    private void Write(StreamKind kind, ActionPreference preference, object value, string text, string preferenceName)
    {
        run.ThrowIfStopping();
        RequirePermission(needsToBeCurrent: false);
        switch (preference)
        {
            case ActionPreference.SilentlyContinue or ActionPreference.Ignore:
                return;
            case ActionPreference.Inquire:
                Streams.Add(kind, value);
                confirmation.Inquire(text);
                return;
            default:
                Streams.Add(kind, value);
                break;
        }

        if (preference == ActionPreference.Stop)
        {
            string message = $"The running command stopped because the preference variable \"{preferenceName}\" or common parameter is set to Stop: {text}";
            ErrorRecord record = new(new RuntimeException(message), "ActionPreferenceStop", ErrorCategory.OperationStopped, null);
            record.SetInvocationInfo(command.Invocation);
            throw Fail(new ActionPreferenceStopException(message, record));
        }
    }
}
