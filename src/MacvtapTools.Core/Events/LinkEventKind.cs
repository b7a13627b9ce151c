namespace MacvtapTools;

/// <summary>What happened to a link.</summary>
public enum LinkEventKind
{
    /// <summary>The link is new: it was made, or came from another network namespace.</summary>
    Added,

    /// <summary>The link was deleted.</summary>
    Removed,

    /// <summary>Properties of the link changed, or of its bridge port other than hairpin.</summary>
    Changed,

    /// <summary>The link went to another network namespace.</summary>
    Moved,

    /// <summary>The link became the port of a bridge.</summary>
    PortJoined,

    /// <summary>The link left its bridge.</summary>
    PortLeft,

    /// <summary>Hairpin of a bridge port was switched, by netlink or by sysfs.</summary>
    HairpinChanged,
}
