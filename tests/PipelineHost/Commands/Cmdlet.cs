using System.Management.Automation.Internal;
using System.Resources;

namespace System.Management.Automation;

/// <summary>A command. Everything it writes goes through its runtime, which the pipeline gives it.</summary>
public abstract class Cmdlet : InternalCommand
{
    private ICommandRuntime? runtime;

    protected Cmdlet()
    {
    }

    public static HashSet<string> CommonParameters { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable",
        "WarningVariable", "OutVariable", "OutBuffer", "PipelineVariable", "InformationVariable",
    };

    public static HashSet<string> OptionalCommonParameters { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "WhatIf", "Confirm", "UseTransaction",
    };

    public ICommandRuntime CommandRuntime
    {
        get => runtime ?? throw new PSNotImplementedException(
            "This cmdlet has no command runtime: run it in a pipeline of the stand-in (MacvtapTools.PipelineHost.Shell).");
        set => runtime = value;
    }

    public bool Stopping { get; private set; }

    public virtual string GetResourceString(string baseName, string resourceId) =>
        new ResourceManager(baseName, GetType().Assembly).GetString(resourceId)
        ?? throw new PSArgumentException($"There is no resource \"{resourceId}\" in \"{baseName}\".");

    public bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll) =>
        CommandRuntime is ICommandRuntime2 two
            ? two.ShouldContinue(query, caption, hasSecurityImpact, ref yesToAll, ref noToAll)
            : CommandRuntime.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        CommandRuntime.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    public bool ShouldContinue(string query, string caption) => CommandRuntime.ShouldContinue(query, caption);

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason) =>
        CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption, out shouldProcessReason);

    public bool ShouldProcess(string target) => CommandRuntime.ShouldProcess(target);

    public bool ShouldProcess(string target, string action) => CommandRuntime.ShouldProcess(target, action);

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption);

    public void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        ArgumentNullException.ThrowIfNull(errorRecord);
        CommandRuntime.ThrowTerminatingError(errorRecord);
    }

    public void WriteCommandDetail(string text) => CommandRuntime.WriteCommandDetail(text);

    public void WriteDebug(string text) => CommandRuntime.WriteDebug(text);

    public void WriteError(ErrorRecord errorRecord) => CommandRuntime.WriteError(errorRecord);

    public void WriteInformation(object messageData, string[] tags)
    {
        InformationRecord record = new(messageData, (this as PSCmdlet)?.MyInvocation.MyCommand.Name ?? GetType().Name);
        record.Tags.AddRange(tags ?? []);
        WriteInformation(record);
    }

    public void WriteInformation(InformationRecord informationRecord)
    {
        if (CommandRuntime is ICommandRuntime2 two)
            two.WriteInformation(informationRecord);
    }

    public void WriteObject(object? sendToPipeline, bool enumerateCollection) => CommandRuntime.WriteObject(sendToPipeline, enumerateCollection);

    public void WriteObject(object? sendToPipeline) => CommandRuntime.WriteObject(sendToPipeline);

    public void WriteProgress(ProgressRecord progressRecord) => CommandRuntime.WriteProgress(progressRecord);

    public void WriteVerbose(string text) => CommandRuntime.WriteVerbose(text);

    public void WriteWarning(string text) => CommandRuntime.WriteWarning(text);

    protected virtual void BeginProcessing()
    {
    }

    protected virtual void EndProcessing()
    {
    }

    protected virtual void ProcessRecord()
    {
    }

    protected virtual void StopProcessing()
    {
    }

    internal void DoBegin() => BeginProcessing();

    internal void DoProcess() => ProcessRecord();

    internal void DoEnd() => EndProcessing();

    internal void DoStop()
    {
        Stopping = true;
        StopProcessing();
    }
}
