namespace MacvtapTools.Route;

/// <summary>One filter of traffic control as the kernel told it.</summary>
internal sealed class FilterRecord
{
    internal int Index { get; set; }

    /// <summary>Where it hangs: <see cref="TrafficControlCodec.Egress"/>, <see cref="TrafficControlCodec.Ingress"/>, or a class of a queueing discipline.</summary>
    internal uint Parent { get; set; }

    /// <summary>Its number among the filters of one priority; 0 where the message is about the priority itself.</summary>
    internal uint Handle { get; set; }

    /// <summary>Filters with a lower number see a frame first.</summary>
    internal ushort Priority { get; set; }

    /// <summary>The EtherType that it looks at.</summary>
    internal ushort Protocol { get; set; }

    /// <summary>The chain that it is in; a frame begins in chain 0.</summary>
    internal uint Chain { get; set; }

    internal string Kind { get; set; } = string.Empty;

    /// <summary>Kind bpf: the class that was given with it.</summary>
    internal uint ClassId { get; set; }

    /// <summary>Kind bpf: what the program returns is the verdict.</summary>
    internal bool IsDirect { get; set; }

    /// <summary>Kind bpf: the classic program, eight bytes an instruction; empty for other programs.</summary>
    internal byte[] Program { get; set; } = [];

    /// <summary>A hook: the number of the filters that it shares with other links for what leaves; null for filters of its own.</summary>
    internal uint? EgressBlock { get; set; }

    /// <summary>A hook: the same for what comes.</summary>
    internal uint? IngressBlock { get; set; }

    internal bool IsMalformed { get; set; }
}
