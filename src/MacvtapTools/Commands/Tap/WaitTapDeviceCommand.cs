using System.Management.Automation;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Waits until the nodes of tap devices are there, or can be opened by the caller.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TapDevice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(TapDevice))]
public sealed class WaitTapDeviceCommand : TapDeviceCmdlet
{
    private const int DefaultSeconds = 10;

    /// <summary>Waits until the caller may open the node for reading and writing. Otherwise it need only be there.</summary>
    [Parameter]
    public SwitchParameter Accessible { get; set; }

    /// <summary>How long to wait at most for each, in seconds or as a time; 0 looks once.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultSeconds);

    private protected override void Process(LinkSession session, Link link, string? path) =>
        WriteObject(Await($"Waiting for the tap device of {link.Name}", Timeout, tick => TapDeviceWaiter.Wait(session, link, path, Accessible, Timeout, StopRequested, tick)));
}
