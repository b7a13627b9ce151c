using MacvtapTools.Links;

namespace MacvtapTools.Diagnosis;

/// <summary>A lower device and the macvlans and macvtaps on it, at one moment: the evidence for most explanations.</summary>
internal sealed class LowerDeviceView
{
    private static readonly HashSet<string> Harmless =
        ["vlan", "vxlan", "geneve", "bareudp", "gtp", "xfrm", "ipip", "sit", "gre", "gretap", "erspan", "ip6gre", "ip6gretap", "ip6erspan", "ip6tnl", "vti", "vti6", "wireguard", "ifb", "dummy", "bridge", "bond", "team", "vrf"];

    private readonly Lazy<IReadOnlyList<Link>> _elsewhere;

    /// <summary>A view of what is known.</summary>
    /// <param name="lower">The lower device; null if it is gone.</param>
    /// <param name="here">The links of its namespace.</param>
    /// <param name="elsewhere">Finds its links in other namespaces; asked at most once, and only where it matters.</param>
    internal LowerDeviceView(Link? lower, IEnumerable<Link> here, Func<int, IReadOnlyList<Link>> elsewhere)
    {
        Lower = lower;
        OnTop = lower is null ? [] : [.. here.Where(l => l.LowerDeviceIndex == lower.InterfaceIndex && l.LowerDeviceNamespaceId is null)];
        Siblings = [.. OnTop.OfType<MacvlanLink>()];
        _elsewhere = new Lazy<IReadOnlyList<Link>>(() => lower is null ? [] : elsewhere(lower.InterfaceIndex));
    }

    /// <summary>The lower device; null if it is gone.</summary>
    internal Link? Lower { get; }

    /// <summary>The links on it that live in this namespace, of whatever kind.</summary>
    internal IReadOnlyList<Link> OnTop { get; }

    /// <summary>The macvlans and macvtaps among them.</summary>
    internal IReadOnlyList<MacvlanLink> Siblings { get; }

    /// <summary>The macvlans and macvtaps of this namespace, and after them those of the other namespaces that have a name.</summary>
    internal IEnumerable<MacvlanLink> AllSiblings => Siblings.Concat(_elsewhere.Value.OfType<MacvlanLink>());

    /// <summary>A link of another kind that takes the lower device's frames (netdev_rx_handler_register), or null.</summary>
    internal Link? OtherTaker => OthersOnTop.FirstOrDefault(l => l.Kind is "ipvlan" or "ipvtap" or "macsec");

    /// <summary>A link of a kind of which it is not known whether it takes the lower device's frames, or null. A VLAN and tunnels do not; the other end of a pair is not on top.</summary>
    internal Link? PossibleTaker => OthersOnTop.FirstOrDefault(l => l is not (MacvlanLink or VethLink) && !Harmless.Contains(l.Kind ?? string.Empty));

    private IEnumerable<Link> OthersOnTop => OnTop.Concat(_elsewhere.Value);

    /// <summary>Looks.</summary>
    internal static LowerDeviceView Look(LinkReader reader, int lowerIndex)
    {
        Link? lower = reader.Find(lowerIndex);

        // A macvlan on a macvlan lands on the real lower device.
        if (lower is MacvlanLink { LowerDeviceIndex: { } real, LowerDeviceNamespaceId: null }) lower = reader.Find(real);
        return new LowerDeviceView(lower, reader.List().Links, index => SiblingFinder.Find(reader, index));
    }

    /// <summary>
    /// Who has a MAC address, or null: the lower device, then a link that is on (only those count for the kernel), then any; here first, then in other namespaces.
    /// </summary>
    internal Link? OwnerOf(string? macAddress, int? except = null)
    {
        if (macAddress is null) return null;
        if (Lower?.MacAddress == macAddress) return Lower;
        MacvlanLink[] here = [.. Siblings.Where(s => s.MacAddress == macAddress && s.InterfaceIndex != except)];
        return here.FirstOrDefault(IsUp)
            ?? _elsewhere.Value.OfType<MacvlanLink>().FirstOrDefault(s => s.MacAddress == macAddress && IsUp(s))
            ?? here.FirstOrDefault();
    }

    /// <summary>Who keeps a link with a MAC address from being switched on: the lower device, or a link that is on; null for nobody.</summary>
    internal Link? BlockerOf(string? macAddress, int? except = null) => OwnerOf(macAddress, except) is { } owner && (owner == Lower || IsUp(owner)) ? owner : null;

    private static bool IsUp(Link link) => link.AdministrativeStatus == AdministrativeStatus.Up;
}
