using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Forwarding;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>What the rules look at beside a link itself. What no rule asks for is not looked up.</summary>
internal interface IAdviceView
{
    /// <summary>Whether every process could be looked into for <see cref="TapOf"/>.</summary>
    bool SeesEveryHolder { get; }

    /// <summary>MAC addresses that several links have, over all network namespaces that can be looked into.</summary>
    IReadOnlyDictionary<string, PlacedLink[]> SharedAddresses { get; }

    /// <summary>The network namespace of the links.</summary>
    NamespaceView Own { get; }

    /// <summary>The lower device of a link, wherever it is; null where it cannot be seen.</summary>
    Link? LowerOf(MacvlanLink link);

    /// <summary>The other end of a veth pair, wherever it is; null where it cannot be seen.</summary>
    Link? PeerOf(VethLink link);

    /// <summary>The scene of a link's lower device, for the model; null where it cannot be read.</summary>
    ForwardingScene? SceneOf(MacvlanLink link);

    /// <summary>The multicast groups that a link lets in.</summary>
    IReadOnlyList<LinkMulticastGroup> GroupsOf(Link link);

    /// <summary>The IP addresses of a link.</summary>
    IReadOnlyList<LinkAddress> AddressesOf(Link link);

    /// <summary>The tap device of a macvtap with its holders; null where it cannot be looked up.</summary>
    TapDevice? TapOf(MacvtapLink link);
}
