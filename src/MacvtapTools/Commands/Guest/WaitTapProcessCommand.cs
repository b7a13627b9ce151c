using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Commands;

/// <summary>Waits until programs that Start-TapProcess started have ended.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TapProcess")]
[OutputType(typeof(TapProcess))]
public sealed class WaitTapProcessCommand : TapProcessCmdlet
{
    /// <summary>How long to wait for each: seconds, or a TimeSpan. No limit where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.MaxValue;

    private protected override TimeSpan Limit => Timeout;

    private protected override string LimitAdvice => "Leave it out for no limit.";

    /// <inheritdoc/>
    private protected override void Process(TapProcess process)
    {
        if (!Await($"Waiting for {process}", Timeout, tick => process.WaitForExit(Timeout, tick, StopRequested)))
        {
            throw new MacvtapException(
                FailureId.ProgramTimeout,
                $"{process} has not ended in {Timeout.TotalSeconds:0.##} seconds. It goes on.",
                "Stop-TapProcess ends it.",
                process);
        }

        WriteObject(process);
    }
}
