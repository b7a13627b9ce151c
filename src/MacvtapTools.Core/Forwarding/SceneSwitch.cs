namespace MacvtapTools.Forwarding;

/// <summary>What is known of the other end of the lower device's cable.</summary>
internal sealed record SceneSwitch
{
    internal static readonly SceneSwitch Unknown = new() { Behaviour = SwitchBehaviour.Unknown };

    internal required SwitchBehaviour Behaviour { get; init; }

    /// <summary>No frame that leaves arrives anywhere (a dummy device).</summary>
    internal bool IsDeadEnd { get; init; }

    /// <summary>The link at the other end of a veth pair; null where it cannot be seen.</summary>
    internal string? Port { get; init; }

    internal int PortIndex { get; init; }

    /// <summary>The namespace of the port and its bridge.</summary>
    internal string? NetworkNamespace { get; init; }

    /// <summary>Whether the port's namespace could be opened, so that <see cref="NetworkNamespace"/> is one to work in.</summary>
    internal bool IsPortReadable { get; init; }

    /// <summary>The bridge that the port belongs to; null for none.</summary>
    internal string? Bridge { get; init; }

    /// <summary>Whose bridge it is.</summary>
    internal BridgeBackend Backend { get; init; }

    /// <summary>The Open vSwitch database, where the user named one: a remedy has to name it again.</summary>
    internal string? OpenVswitchDatabase { get; init; }

    /// <summary>Why it cannot be said which way the switch sends frames, in words; null where it switches by addresses.</summary>
    internal string? Uncertainty { get; init; }

    /// <summary>Whether the bridge is on: no port of one that is off forwards.</summary>
    internal bool IsBridgeUp { get; init; } = true;

    /// <summary>Whether the port's link is on.</summary>
    internal bool IsPortUp { get; init; } = true;

    internal BridgePortState State { get; init; } = BridgePortState.Forwarding;

    /// <summary>How the port is set.</summary>
    internal PortSettings Settings { get; init; } = PortSettings.Usual;

    internal bool FiltersVlans { get; init; }

    /// <summary>Snooping: multicast goes where it was asked for, flooding or not.</summary>
    internal bool SnoopsMulticast { get; init; }

    internal bool HasSpanningTree { get; init; }

    /// <summary>Which of 01:80:c2:00:00:0X are forwarded from every port, one bit each.</summary>
    internal int BridgeGroupForwardMask { get; init; }

    /// <summary>The port that the host outside is behind; null where no other port of the bridge forwards.</summary>
    internal ScenePort? OutsidePort { get; init; }

    /// <summary>No other port forwards, and the bridge is on: its own host is outside.</summary>
    internal bool IsOutsideBridge { get; init; }

    /// <summary>Nobody is on the bridge beside the lower device.</summary>
    internal bool IsAlone => Bridge is not null && OutsidePort is null && !IsOutsideBridge;

    /// <summary>The port that a rule is about: a lock is where a frame enters, and what is flooded is where it leaves. The port at the other end of the cable where this is null.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="isFromOutside">The host outside sends.</param>
    /// <param name="isToOutside">The host outside shall receive.</param>
    internal ScenePort? OtherPortOf(ForwardingRule rule, bool isFromOutside, bool isToOutside) => rule switch
    {
        ForwardingRule.PortLocked when isFromOutside => OutsidePort,
        ForwardingRule.UnicastFloodOff or ForwardingRule.BroadcastFloodOff or ForwardingRule.MulticastFloodOff when isToOutside => OutsidePort,
        _ => null,
    };
}
