namespace MacvtapTools.Forwarding;

/// <summary>Everything that the model looks at: a lower device, its links, and what is known of the switch behind it. The model asks nobody else.</summary>
internal sealed record ForwardingScene
{
    internal required SceneLower Lower { get; init; }

    internal required IReadOnlyList<SceneLink> Links { get; init; }

    internal SceneSwitch Switch { get; init; } = SceneSwitch.Unknown;

    /// <summary>The MAC address of the host outside; 0 where it is any.</summary>
    internal ulong OutsideAddress { get; init; }

    /// <summary>The place of the lower device's own stack among senders and receivers.</summary>
    internal int Host => Links.Count;

    /// <summary>The place of a host behind the switch.</summary>
    internal int Outside => Links.Count + 1;

    /// <summary>How many senders and receivers there are.</summary>
    internal int EndpointCount => Links.Count + 2;

    /// <summary>What a place is called.</summary>
    internal string NameOf(int endpoint) => endpoint < Links.Count ? Links[endpoint].Name : endpoint == Host ? nameof(Host) : nameof(Outside);

    internal ulong AddressOf(int endpoint) => endpoint < Links.Count ? Links[endpoint].Address : endpoint == Host ? Lower.Address : OutsideAddress;
}
