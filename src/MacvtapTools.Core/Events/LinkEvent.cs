namespace MacvtapTools;

/// <summary>One thing that happened to one link.</summary>
public sealed class LinkEvent
{
    internal LinkEvent(LinkEventKind kind, DateTime time, Link? link, Link? previous, IReadOnlyList<string> changed, bool resync)
    {
        Event = kind;
        Time = time;
        Link = link;
        Previous = previous;
        Changed = changed;
        Resync = resync;
    }

    /// <summary>When the kernel's message was received, or the difference found; local time.</summary>
    public DateTime Time { get; }

    /// <summary>What happened.</summary>
    public LinkEventKind Event { get; }

    /// <summary>The name of the link, after the event where it still exists.</summary>
    public string Name => Subject.Name;

    /// <summary>The interface index of the link, in the network namespace where the event happened.</summary>
    public int InterfaceIndex => Subject.InterfaceIndex;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The names of the properties that changed: of <see cref="Link"/>, or of <see cref="Port"/>. Empty for links that came or went. Counters are never among them.</summary>
    public IReadOnlyList<string> Changed { get; }

    /// <summary>The link after the event; null for one that was removed or moved away.</summary>
    public Link? Link { get; }

    /// <summary>The link before the event; null for one that was added.</summary>
    public Link? Previous { get; }

    /// <summary>The link as the port of a bridge: after the event, or for <see cref="LinkEventKind.PortLeft"/> before it. Null where it is no port.</summary>
    public BridgePort? Port => Event == LinkEventKind.PortLeft ? AsPort(Previous) : AsPort(Link);

    /// <summary>The network namespace where it happened, as it was named to the watch; null for the current one.</summary>
    public string? NetworkNamespace => Subject.NetworkNamespace;

    /// <summary>Whether this was found by comparing with the kernel's list instead of being announced: at the start, after lost messages, and for changes that the kernel does not announce.</summary>
    public bool Resync { get; }

    /// <summary>The kernel's id, as seen from here, for the namespace that a link moved to; null where it does not say.</summary>
    public int? NewNetworkNamespaceId => Destination?.NewNamespaceId is >= 0 and var id ? id : null;

    /// <summary>The interface index that a moved link has in its new namespace; null where the kernel does not say.</summary>
    public int? NewInterfaceIndex => Destination?.NewIndex;

    /// <summary>The last message about a link that moved.</summary>
    internal Route.LinkRecord? Destination { get; init; }

    private Link Subject => (Link ?? Previous)!;

    /// <summary>One line: what happened to which link, and what changed.</summary>
    public override string ToString() => Changed.Count == 0 ? $"{Name} {Event}" : $"{Name} {Event}: {string.Join(", ", Changed)}";

    private static BridgePort? AsPort(Link? link) => link?.Record.Port is null ? null : new BridgePort(link);
}
