using MacvtapTools.Route;

namespace MacvtapTools.Protection;

/// <summary>What hangs on the two hooks of a link.</summary>
internal sealed class ProtectionReading
{
    internal ProtectionReading(IReadOnlyList<FilterRecord> outgoing, IReadOnlyList<FilterRecord> incoming)
    {
        Filters = [.. outgoing, .. incoming];
        Outgoing = outgoing.FirstOrDefault(IsOurs);
        Incoming = incoming.FirstOrDefault(IsOurs);
        Rules = Decompile();
    }

    /// <summary>Everything that hangs there.</summary>
    internal IReadOnlyList<FilterRecord> Filters { get; }

    /// <summary>Our filter of what the guest sends, or null.</summary>
    internal FilterRecord? Outgoing { get; }

    /// <summary>Our filter of what it gets, or null.</summary>
    internal FilterRecord? Incoming { get; }

    /// <summary>Something hangs there under our mark.</summary>
    internal bool IsProtected => Outgoing is not null || Incoming is not null;

    /// <summary>What the programs do; null where they are not ours, or do not belong together.</summary>
    internal ProtectionRules? Rules { get; }

    /// <summary>A filter that is not ours sees frames before ours does: with a lower priority, or listed before it in the same one.</summary>
    internal bool IsPreceded => IsPrecededAt(Outgoing) || IsPrecededAt(Incoming);

    /// <summary>Filters hang on a hook that are not ours, or are under our mark and not understood: what they do is not known.</summary>
    /// <param name="hook">The hook.</param>
    internal bool HasUnknown(uint hook) => Filters.Any(f => f.Parent == hook && f.Handle != 0 && (Rules is null || !IsOurs(f)));

    internal int InstructionCount => ((Outgoing?.Program.Length ?? 0) + (Incoming?.Program.Length ?? 0)) / BpfInstruction.Length;

    /// <summary>The mark: kind, number and class. The priority can differ, where another one's filters were there first.</summary>
    internal static bool IsOurs(FilterRecord filter) =>
        filter is { Kind: TrafficControlCodec.Bpf, Handle: ProtectionClient.Handle, ClassId: ProtectionHeader.Mark };

    private ProtectionRules? Decompile()
    {
        if (Read(Outgoing, false) is not { } rules) return null;
        if (!rules.Isolate) return Incoming is null ? rules : null;
        return Read(Incoming, true) is { } incoming && incoming.Siblings.SequenceEqual(rules.Siblings) ? rules : null;
    }

    private static ProtectionRules? Read(FilterRecord? filter, bool isIncoming) => filter is { IsDirect: true, IsMalformed: false, Protocol: TrafficControlCodec.ETH_P_ALL, Chain: 0 }
        ? ProtectionDecompiler.Read(BpfInstruction.FromBytes(filter.Program), isIncoming)
        : null;

    private bool IsPrecededAt(FilterRecord? ours)
    {
        if (ours is null) return false;
        foreach (FilterRecord filter in Filters.Where(f => f.Parent == ours.Parent && f.Chain == 0))
        {
            if (filter == ours) return false;
            if (filter.Handle != 0) return true;
        }

        return false;
    }
}
