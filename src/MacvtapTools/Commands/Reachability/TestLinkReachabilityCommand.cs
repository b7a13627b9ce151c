using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Tells whether links reach each other, by which rule, and what would change it; and proves it with frames.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LinkReachability", DefaultParameterSetName = PairSet)]
[OutputType(typeof(LinkReachability), ParameterSetName = [PairSet])]
[OutputType(typeof(ReachabilityMatrix), ParameterSetName = [MatrixSet])]
public sealed class TestLinkReachabilityCommand : ReachabilityCmdlet
{
    private const string PairSet = "Pair";
    private const string MatrixSet = "Matrix";

    /// <summary>Each frame of a matrix is sent for its own, so that many go out: 64 links are 12,000.</summary>
    private const int MostProbed = 66;

    /// <summary>Who sends: a macvlan or macvtap, the lower device or Host for its own network stack, Outside for a host behind the switch.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PairSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public LinkReference From { get; set; } = null!;

    /// <summary>Who shall receive, in the same words. Everybody else on the lower device where it is left out.</summary>
    [Parameter(Position = 1, ParameterSetName = PairSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public LinkReference[]? To { get; set; }

    /// <summary>The lower device whose matrix is wanted: all its links, its own stack and a host outside.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatrixSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference LowerDevice { get; set; } = null!;

    /// <summary>The kinds of frames.</summary>
    [Parameter]
    public TrafficKind Kind { get; set; } = TrafficKind.All;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == MatrixSet) Attempt(LowerDevice.ToString(), TestMatrix);
        else Attempt(From.ToString(), TestPairs);
    }

    private void TestMatrix()
    {
        ThrowIfNoKind();
        LinkSession session = Session(LowerDevice.IsNamespaceKnown ? LowerDevice.NetworkNamespace : NetworkNamespace);
        Link lower = LinkSelection.ByReference(session.Reader, LowerDevice, FailureId.LowerDeviceNotFound);
        if (lower is MacvlanLink link) (session, lower) = LowerOf(session, link);
        SceneView view = Read(session, lower);
        var model = new ForwardingModel(view.Scene, GroupNumber);
        if (!Probe)
        {
            WriteObject(new ReachabilityMatrix(model, Kind));
            return;
        }

        int count = view.Scene.EndpointCount;
        if (count > MostProbed)
            throw new MacvtapException(FailureId.ParameterInvalid, $"{lower.Name} has {count - 2} links; a matrix is probed for at most {MostProbed - 2}.", "Probe single senders: Test-LinkReachability NAME -Probe.", lower);
        Dictionary<(int, int, TrafficKind), Measurement> measured = Measure(view, model, from => Enumerable.Range(0, count), Enumerable.Range(0, count));
        WriteObject(new ReachabilityMatrix(model, Kind, (from, to, kind) => measured.TryGetValue((from, to, kind), out Measurement found) ? found : null));
    }

    private void TestPairs()
    {
        ThrowIfNoKind();
        (LinkSession session, Link lower) = FindLower([From, .. To ?? []]);
        SceneView view = Read(session, lower);
        ForwardingScene scene = view.Scene;
        var model = new ForwardingModel(scene, GroupNumber);
        int from = Place(scene, From);
        int[] receivers = To is null ? [.. Enumerable.Range(0, scene.EndpointCount).Where(e => e != from)] : [.. To.Select(t => Place(scene, t))];
        if (receivers.Contains(from))
            throw new MacvtapException(FailureId.ParameterInvalid, $"{scene.NameOf(from)} is sender and receiver at once.", "Name two different ones.", From.ToString());
        Dictionary<(int, int, TrafficKind), Measurement> measured = Probe ? Measure(view, model, _ => receivers, [from]) : [];
        foreach (int to in receivers)
        {
            foreach (TrafficKind kind in TrafficKinds.Of(Kind))
                WriteObject(new LinkReachability(model, from, to, kind, measured.TryGetValue((from, to, kind), out Measurement found) ? found : null));
        }
    }

    /// <summary>Sends a frame for each pair and kind, and looks only at the one that it is for.</summary>
    private Dictionary<(int From, int To, TrafficKind Kind), Measurement> Measure(SceneView view, ForwardingModel model, Func<int, IEnumerable<int>> receivers, IEnumerable<int> senders)
    {
        int[] from = [.. senders];
        using var probe = new ReachabilityProbe(view, from.SelectMany(receivers).Concat(from).ToHashSet());
        foreach (int sender in from.Length == 1 ? from : []) ThrowIfNotCovered(probe, view.Scene, sender);
        (int From, int To, TrafficKind Kind)[] questions =
        [
            .. from.Where(probe.Covers).SelectMany(f => receivers(f).Where(t => t != f && probe.Covers(t)).SelectMany(t => TrafficKinds.Of(Kind).Select(k => (f, t, k)))),
        ];
        SceneFrame[] frames = [.. questions.Select(q => model.Frame(q.From, q.To, q.Kind))];
        bool[][] received = Send(frames);
        int[] passed = [.. Enumerable.Range(0, questions.Length).Where(i => received[i][questions[i].To] && model.Decide(frames[i], questions[i].To).Rule == ForwardingRule.GroupNotJoined)];
        bool[] byChance = ChanceProbe.Check(Send, view.Scene, [.. passed.Select(i => (frames[i], questions[i].To))]);
        var results = new Dictionary<(int, int, TrafficKind), Measurement>();
        foreach (int i in Enumerable.Range(0, questions.Length).Where(i => !IsUncertain(i))) results[questions[i]] = new Measurement(received[i][questions[i].To] ? Reachability.Delivered : Reachability.NotDelivered, false);
        for (int i = 0; i < passed.Length; i++)
        {
            if (!IsUncertain(passed[i])) results[questions[passed[i]]] = new Measurement(Reachability.Delivered, byChance[i]);
        }

        return results;

        bool IsUncertain(int i) => received[i][questions[i].To] && probe.IsVeiled(questions[i].To);

        bool[][] Send(IReadOnlyList<SceneFrame> some) => Await($"Probing who reaches whom on {view.Scene.Lower.Name}", Timeout, tick => probe.Measure(some, Timeout, StopRequested, tick));
    }

    private void ThrowIfNoKind()
    {
        if ((Kind & TrafficKind.All) == 0) throw new MacvtapException(FailureId.ParameterInvalid, $"-Kind {Kind} asks for nothing.", "Kinds are Unicast, Broadcast, Multicast and All.", Kind);
    }
}
