using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Follows one frame, hop by hop: which links it passes, in which order, where it ends and why.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "LinkPath")]
[OutputType(typeof(LinkPathHop))]
public sealed class TraceLinkPathCommand : ReachabilityCmdlet
{
    /// <summary>Who sends: a macvlan or macvtap, the lower device or Host for its own network stack, Outside for a host behind the switch.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public LinkReference From { get; set; } = null!;

    /// <summary>Who shall receive, in the same words.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public LinkReference To { get; set; } = null!;

    /// <summary>The kind of the frame: one.</summary>
    [Parameter]
    public TrafficKind Kind { get; set; } = TrafficKind.Unicast;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(From.ToString(), Trace);

    private void Trace()
    {
        if (Kind is not (TrafficKind.Unicast or TrafficKind.Broadcast or TrafficKind.Multicast))
            throw new MacvtapException(FailureId.ParameterInvalid, $"-Kind {Kind} is not one kind: a path is that of one frame.", "Kinds are Unicast, Broadcast and Multicast.", Kind);
        (LinkSession session, Link lower) = FindLower(From, To);
        SceneView view = Read(session, lower);
        var model = new ForwardingModel(view.Scene, GroupNumber);
        int from = Place(view.Scene, From);
        int to = Place(view.Scene, To);
        if (from == to) throw new MacvtapException(FailureId.ParameterInvalid, $"{view.Scene.NameOf(from)} is sender and receiver at once.", "Name two different ones.", From.ToString());
        List<LinkPathHop> hops = PathModel.Trace(model, from, to, Kind);
        if (Probe)
        {
            if ((from == view.Scene.Outside || to == view.Scene.Outside) && view.Outside is null)
                throw new MacvtapException(FailureId.ParameterInvalid, $"Outside cannot be probed: no host behind {lower.Name} is on this machine.", "Leave -Probe out.", From.ToString());
            hops = Await($"Following a frame on {lower.Name}", Timeout, tick => PathProbe.Measure(view, model, model.Frame(from, to, Kind), hops, Timeout, StopRequested, tick));
        }

        foreach (LinkPathHop hop in hops) WriteObject(hop);
    }
}
