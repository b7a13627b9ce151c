using System.Management.Automation;
using MacvtapTools.Guests.Relays;

namespace MacvtapTools.Commands;

/// <summary>Ends relays, and takes those that have ended off the list.</summary>
[Cmdlet(VerbsLifecycle.Stop, "TapRelay", SupportsShouldProcess = true)]
[OutputType(typeof(TapRelay))]
public sealed class StopTapRelayCommand : ModuleCmdlet
{
    /// <summary>Relays that Start-TapRelay or Get-TapRelay gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapRelay[] InputObject { get; set; } = [];

    /// <summary>Emits the ended relays, with their counters.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TapRelay relay in InputObject)
        {
            Attempt(relay, () =>
            {
                if (!ShouldProcess($"{relay} to {relay.Peer ?? relay.Path ?? "a socket pair"}", "Stop")) return;
                RelayStarter.Remove(relay);
                if (PassThru) WriteObject(relay);
            });
        }
    }
}
