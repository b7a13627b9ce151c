using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Ends programs that Start-TapProcess started: asks them first, and ends those that do not.</summary>
[Cmdlet(VerbsLifecycle.Stop, "TapProcess", SupportsShouldProcess = true)]
[OutputType(typeof(TapProcess))]
public sealed class StopTapProcessCommand : TapProcessCmdlet
{
    /// <summary>How long each has to end by itself: seconds, or a TimeSpan. 5 seconds where it is left out, 0 for none.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Emits the ended processes, with their exit codes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override TimeSpan Limit => Timeout;

    private protected override string LimitAdvice => "0 ends the programs at once.";

    /// <inheritdoc/>
    private protected override void Process(TapProcess process)
    {
        if (!process.HasExited)
        {
            if (!ShouldProcess($"{process} with tap devices of {string.Join(", ", process.LinkName)}", "Stop")) return;
            if (!Await($"Waiting for the end of {process}", Timeout, tick => process.Stop(Timeout, tick, StopRequested))) WriteVerbose($"{process} did not end in {Timeout.TotalSeconds:0.##} seconds by itself, and was killed.");
        }

        if (PassThru) WriteObject(process);
    }
}
