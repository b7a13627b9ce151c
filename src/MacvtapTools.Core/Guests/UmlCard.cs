namespace MacvtapTools.Guests;

/// <summary>What is asked for a card of User-mode Linux besides the link.</summary>
internal sealed record UmlCard
{
    /// <summary>The number of the card: vec0, vec1 and so on.</summary>
    internal int Number { get; init; }

    /// <summary>How frames are exchanged.</summary>
    internal UmlTransport Transport { get; init; }

    /// <summary>The descriptor's number, or a placeholder for it; only for the transport fd.</summary>
    internal string? Descriptor { get; init; }

    /// <summary>Whether the descriptor is a number: then the argument is not for Start-TapProcess, which fills in placeholders.</summary>
    internal bool HasNumber => Descriptor is [>= '0' and <= '9', ..];

    /// <summary>The guest's MAC address; null for what fits the link.</summary>
    internal string? MacAddress { get; init; }

    /// <summary>How many frames are taken at once; null for the program's own number.</summary>
    internal int? Depth { get; init; }

    /// <summary>Whether joined frames of up to 64 KiB are taken.</summary>
    internal bool Gro { get; init; }

    /// <summary>The guest's MTU; null for 1500.</summary>
    internal int? Mtu { get; init; }

    /// <summary>Whether frames are exchanged one by one.</summary>
    internal bool NoVector { get; init; }
}
