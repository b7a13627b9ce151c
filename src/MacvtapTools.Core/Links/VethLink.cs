using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>One end of a veth pair: what goes in here comes out of the peer.</summary>
public sealed class VethLink : Link
{
    internal VethLink(LinkRecord record, in LinkNames names)
        : base(record, names)
    {
    }

    /// <summary>A veth end has a peer, no lower device.</summary>
    public override string? LowerDevice => null;

    /// <summary>A veth end has a peer, no lower device.</summary>
    public override int? LowerDeviceIndex => null;

    /// <summary>A veth end has a peer, no lower device.</summary>
    public override string? LowerDeviceNamespace => null;

    /// <summary>The name of the other end; null where that lives in a namespace that cannot be looked into.</summary>
    public string? Peer => LinkedName;

    /// <summary>The interface index of the other end, in its own namespace.</summary>
    public int? PeerIndex => LinkedIndex;

    /// <summary>The kernel's id for the namespace of the other end; null where it is the same one.</summary>
    public int? PeerNamespaceId => Record.LinkNamespaceId;

    /// <summary>
    /// The namespace of the other end where that is another one: its registered name, or a path where it is the caller's own. Null where it is the same one, and where it
    /// could not be found.
    /// </summary>
    public string? PeerNamespace => LinkedNamespace;
}
