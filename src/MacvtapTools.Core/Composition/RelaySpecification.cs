namespace MacvtapTools.Composition;

/// <summary>A reflective relay to be made.</summary>
internal sealed record RelaySpecification
{
    internal const string PortSuffix = "-p";
    internal const string BridgeSuffix = "-br";

    /// <summary>The name of the lower device, at most 12 bytes.</summary>
    internal required string Name { get; init; }

    /// <summary>A bridge that is there; null makes one.</summary>
    internal Link? Bridge { get; init; }

    /// <summary>A link that becomes a port of the bridge too, or null.</summary>
    internal Link? Uplink { get; init; }

    /// <summary>Of both ends of the pair, in bytes; null takes that of the uplink, or of the bridge that is there, or the kernel's.</summary>
    internal int? Mtu { get; init; }

    /// <summary>What the bridge, and so the host's own stack, is to have.</summary>
    internal IReadOnlyList<string> Address { get; init; } = [];

    internal string PortName => Name + PortSuffix;

    internal string BridgeName => Bridge?.Name ?? Name + BridgeSuffix;
}
