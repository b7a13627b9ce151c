using MacvtapTools.Forwarding;

namespace MacvtapTools;

/// <summary>Whether one link's frames of one kind reach another, and why.</summary>
public sealed class LinkReachability
{
    private readonly ForwardingModel _model;
    private readonly Verdict _verdict;
    private readonly int _from;
    private readonly int _to;

    internal LinkReachability(ForwardingModel model, int from, int to, TrafficKind kind, Measurement? measured = null)
    {
        _model = model;
        _from = from;
        _to = to;
        Kind = kind;
        Measured = measured?.Reachable;
        IsByChance = measured?.IsByChance;
        _verdict = model.Decide(from, to, kind);
    }

    /// <summary>Who sends: a link's name, Host (the lower device's own stack) or Outside (a host behind the switch).</summary>
    public string From => _model.Scene.NameOf(_from);

    /// <summary>Who shall receive: a link's name, Host or Outside.</summary>
    public string To => _model.Scene.NameOf(_to);

    /// <summary>The kind of frames: one.</summary>
    public TrafficKind Kind { get; }

    /// <summary>Whether they arrive, by the rules of the kernel.</summary>
    public Reachability Reachable => _verdict.Reachable;

    /// <summary>The rule that decides.</summary>
    public ForwardingRule Rule => _verdict.Rule;

    /// <summary>The rule in words.</summary>
    public string Reason => RuleText.Describe(_model.Scene, _verdict.Rule, _from, _to, Kind, _model.Group) + (IsByChance == true ? RuleText.ByChance : string.Empty);

    /// <summary>A command that would change it; null where it arrives, or none helps.</summary>
    public string? Remedy => RemedyText.Describe(_model.Scene, _verdict, _from, _to, _model.Group);

    /// <summary>What a frame that was sent for the purpose did; null where none was sent, or it could not be looked for.</summary>
    public Reachability? Measured { get; }

    /// <summary>
    /// Whether a frame to a group that the receiver did not join arrived because the group shares a place in the receiver's filter of 256 with another one: other groups were sent
    /// for comparison, and were kept out. Null where nothing was measured.
    /// </summary>
    public bool? IsByChance { get; }

    /// <summary>Whether a frame did something else than the rules say; null where nothing was measured, or the rules do not say. What the filter lets in by chance is within the rules.</summary>
    public bool? Differs => Measured is null || Reachable == Reachability.Depends ? null : Measured != Reachable && IsByChance != true;

    /// <summary>The lower device.</summary>
    public string LowerDevice => _model.Scene.Lower.Name;

    /// <summary>The group that multicast was asked for; null for other kinds.</summary>
    public string? Group => Kind == TrafficKind.Multicast ? MacNumber.Text(_model.Group) : null;

    /// <summary>The network namespace of the lower device; null for the current one.</summary>
    public string? NetworkNamespace => _model.Scene.Lower.NetworkNamespace;

    internal int FromPlace => _from;

    internal int ToPlace => _to;

    /// <summary>The statement in one line.</summary>
    public override string ToString() => $"{From} to {To}, {Kind}: {Reachable} ({Reason})";
}
