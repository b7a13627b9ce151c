using MacvtapTools.Forwarding;

namespace MacvtapTools;

/// <summary>Who reaches whom on one lower device: its links, its own stack (Host) and a host behind the switch (Outside).</summary>
public sealed class ReachabilityMatrix
{
    private readonly ForwardingModel _model;
    private readonly Func<int, int, TrafficKind, Measurement?> _measured;

    internal ReachabilityMatrix(ForwardingModel model, TrafficKind kind, Func<int, int, TrafficKind, Measurement?>? measured = null)
    {
        _model = model;
        Kind = kind;
        _measured = measured ?? ((_, _, _) => null);
    }

    /// <summary>The lower device.</summary>
    public string LowerDevice => _model.Scene.Lower.Name;

    /// <summary>The kinds of frames that were asked for.</summary>
    public TrafficKind Kind { get; }

    /// <summary>What stands behind the lower device, as far as it is known.</summary>
    public SwitchBehaviour Switch => _model.Scene.Switch.Behaviour;

    /// <summary>The bridge port at the other end; null where there is none, or it cannot be seen.</summary>
    public string? SwitchPort => _model.Scene.Switch.Bridge is { } bridge ? $"{_model.Scene.Switch.Port} of {bridge}" : _model.Scene.Switch.Port;

    /// <summary>Who sends and receives, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Name => [.. Enumerable.Range(0, _model.Scene.EndpointCount).Select(_model.Scene.NameOf)];

    /// <summary>The group that multicast was asked for; null where it was not.</summary>
    public string? Group => (Kind & TrafficKind.Multicast) != 0 ? MacNumber.Text(_model.Group) : null;

    /// <summary>The network namespace of the lower device; null for the current one.</summary>
    public string? NetworkNamespace => _model.Scene.Lower.NetworkNamespace;

    /// <summary>Every pair of different senders and receivers, each kind apart: made when they are asked for, row by row.</summary>
    public IEnumerable<LinkReachability> Pair
    {
        get
        {
            int count = _model.Scene.EndpointCount;
            for (int from = 0; from < count; from++)
            {
                for (int to = 0; to < count; to++)
                {
                    if (from == to) continue;
                    foreach (TrafficKind kind in TrafficKinds.Of(Kind)) yield return new LinkReachability(_model, from, to, kind, _measured(from, to, kind));
                }
            }
        }
    }

    /// <summary>The matrix drawn for a terminal of 80 columns: what the shell shows, which adds colours. <see cref="Draw(int)"/> takes another width.</summary>
    public string Table => Draw(MatrixDrawing.UsualWidth);

    /// <summary>The same as <see cref="Table"/>.</summary>
    public override string ToString() => Draw(MatrixDrawing.UsualWidth);

    /// <summary>The matrix drawn: rows send, columns receive, one letter a cell, and a legend.</summary>
    /// <param name="width">How many columns the terminal has. Where more is needed, the receivers come in several parts.</param>
    public string Draw(int width) => Draw(width, null);

    /// <summary>The matrix drawn in colours.</summary>
    /// <param name="width">How many columns the terminal has; 80 where it is 0 or below.</param>
    /// <param name="styles">
    /// The escape sequences that begin a letter: Good where everything arrives that was asked about, Partly where some of it does or that depends, Bad where nothing does, Self
    /// where sender and receiver are one; Reset ends one. Null for no colours.
    /// </param>
    public string Draw(int width, IReadOnlyDictionary<string, string>? styles) => MatrixDrawing.Draw(_model, Kind, width > 0 ? width : MatrixDrawing.UsualWidth, styles);
}
