using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A macvlan: a link with a MAC address of its own that shares a lower device.</summary>
public class MacvlanLink : Link
{
    internal MacvlanLink(LinkRecord record, in LinkNames names)
        : base(record, names)
    {
    }

    /// <summary>How it exchanges frames with its siblings. A mode that this version does not know shows as its number.</summary>
    public LinkMode Mode => Facts.Mode;

    /// <summary>The flags of the mode.</summary>
    public ModeFlag ModeFlag => Facts.Flags;

    /// <summary>Source mode: the addresses that it receives from, in the kernel's order (that of a hash).</summary>
    public IReadOnlyList<string> SourceAddress => Facts.SourceAddresses;

    /// <summary>Whether the kernel has more source addresses than could be read. With more than 5455 its message is malformed; they are read all the same, as far as it is understood.</summary>
    public bool IsSourceAddressTruncated => Facts.IsSourceListTruncated;

    /// <summary>How many broadcasts may wait, as this link asked for it; null where the kernel does not say.</summary>
    public int? BroadcastQueueLength => (int?)Facts.BroadcastQueueLength;

    /// <summary>How many broadcasts may wait in fact: the largest wish of all links of the lower device.</summary>
    public int? BroadcastQueueLengthUsed => (int?)Facts.BroadcastQueueLengthUsed;

    /// <summary>From how many receivers on a multicast is put off to the queue; a value of the lower device, the same for all its links. The kernel reports it only when it is not 1.</summary>
    public int BroadcastCutoff => Facts.BroadcastCutoff ?? 1;

    private MacvlanFacts Facts => Record.Macvlan!;
}
