namespace MacvtapTools.Route;

/// <summary>One IP address of a link as the kernel told it.</summary>
internal sealed class AddressRecord
{
    internal byte Family { get; set; }

    internal int PrefixLength { get; set; }

    internal byte Scope { get; set; }

    internal int Index { get; set; }

    /// <summary>All flags: the attribute has more bits than the header.</summary>
    internal uint Flags { get; set; }

    /// <summary>The link's own address where there is a peer, and for IPv4 always (IFA_LOCAL).</summary>
    internal byte[]? Local { get; set; }

    /// <summary>The peer's address, or the link's own where there is no peer (IFA_ADDRESS).</summary>
    internal byte[]? Address { get; set; }

    internal byte[]? Broadcast { get; set; }

    internal string? Label { get; set; }

    /// <summary>Seconds; 4294967295 is for ever.</summary>
    internal uint PreferredLifetime { get; set; } = AddressCodec.Forever;

    /// <summary>Seconds; 4294967295 is for ever.</summary>
    internal uint ValidLifetime { get; set; } = AddressCodec.Forever;

    internal uint? Metric { get; set; }

    internal bool IsMalformed { get; set; }

    /// <summary>The link's own address; null where the message has none of the family's length.</summary>
    internal byte[]? Own => Whole(Local) ?? Whole(Address);

    /// <summary>The peer's address; null where there is no peer.</summary>
    internal byte[]? Peer => Whole(Local) is { } local && Whole(Address) is { } address && !local.AsSpan().SequenceEqual(address) ? address : null;

    /// <summary>The bytes, if they are an address of the family.</summary>
    internal byte[]? Whole(byte[]? bytes) => bytes?.Length == RtnetlinkConstants.AddressLength(Family) ? bytes : null;
}
