namespace MacvtapTools.Forwarding;

/// <summary>A scene as it was read, with the links behind it.</summary>
internal sealed record SceneView
{
    internal required ForwardingScene Scene { get; init; }

    /// <summary>Where each link of the scene is, in its order, then the host's place.</summary>
    internal required IReadOnlyList<ProbePlace> Places { get; init; }

    /// <summary>The port at the other end; null where it cannot be watched.</summary>
    internal ProbePlace? Port { get; init; }

    /// <summary>A link that stands for a host outside; null where there is none on this machine.</summary>
    internal ProbePlace? Outside { get; init; }

    /// <summary>The MAC address of <see cref="Outside"/>.</summary>
    internal ulong OutsideAddress { get; init; }
}
