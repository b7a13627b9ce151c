namespace MacvtapTools;

/// <summary>One place on the way of a frame.</summary>
public sealed class LinkPathHop
{
    internal LinkPathHop(string link, string? networkNamespace, HopEvent happens, string reason)
    {
        Link = link;
        NetworkNamespace = networkNamespace;
        Event = happens;
        Reason = reason;
    }

    /// <summary>The number of the hop, from 1 on.</summary>
    public int Hop { get; internal set; }

    /// <summary>The link; Host for the lower device's own stack, Outside for a host behind the switch.</summary>
    public string Link { get; }

    /// <summary>The network namespace of the link; null for the current one, and where it is not known.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>What happens there.</summary>
    public HopEvent Event { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>Whether this is the receiver that was asked for.</summary>
    public bool IsDestination { get; internal init; }

    /// <summary>Whether the frame that was sent for the purpose was seen there; null where none was sent, or nobody could look.</summary>
    public bool? Measured { get; internal set; }

    /// <summary>When it was seen there, by the kernel's clock, after it was first seen; null where it was not. A copy keeps the time of its original.</summary>
    public TimeSpan? Delay { get; internal set; }

    /// <summary>The place that <see cref="Forwarding.PathProbe"/> watches for it; null for none.</summary>
    internal (int Endpoint, bool IsOutgoing)? Watched { get; init; }

    /// <summary>The hop in one line.</summary>
    public override string ToString() => $"{Hop} {Link}: {Event} ({Reason})";
}
