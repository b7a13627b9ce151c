using MacvtapTools.Bridging;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Protection;
using MacvtapTools.Route;

namespace MacvtapTools.Forwarding;

/// <summary>Reads a scene: the lower device, its links in every namespace that has a name (and the caller's own), and the switch behind it as far as it is on this machine.</summary>
/// <param name="lower">The session of the lower device's namespace.</param>
/// <param name="open">Opens the session of another namespace, by name or path; null is the caller's own.</param>
/// <param name="openVswitch">Knows the ports of Open vSwitch; asked about the other end of a veth pair.</param>
internal sealed class SceneReader(LinkSession lower, Func<string?, LinkSession> open, OpenVswitchClient? openVswitch = null)
{
    /// <summary>Reads the scene of a lower device.</summary>
    /// <param name="device">The lower device, as it is now.</param>
    /// <param name="behaviour">What the user says is behind it; null to look.</param>
    internal SceneView Read(Link device, SwitchBehaviour? behaviour)
    {
        var links = new List<SceneLink>();
        var places = new List<ProbePlace>();
        foreach ((LinkSession session, IReadOnlyList<MacvlanLink> siblings) in Siblings(device))
        {
            ILookup<int, ulong> groups = new MulticastClient(session.Conversation, session.Namespace).List(siblings).ToLookup(g => g.InterfaceIndex, g => MacNumber.Of(g.MacAddress));
            Dictionary<int, SceneGuard> guards = Guards(session, siblings);
            foreach (MacvlanLink link in siblings)
            {
                SceneGuard guard = guards.GetValueOrDefault(link.InterfaceIndex, SceneGuard.None);
                links.Add(Describe(link, groups[link.InterfaceIndex], guard));
                places.Add(Place(session, link, guard));
            }
        }

        places.Add(new ProbePlace(lower, device.Name, device.InterfaceIndex, IsStack: true));
        SwitchView behind = new SwitchReader(lower, open, openVswitch).Read(device);
        return new SceneView
        {
            Scene = new ForwardingScene
            {
                Lower = new SceneLower
                {
                    Name = device.Name,
                    InterfaceIndex = device.InterfaceIndex,
                    NetworkNamespace = device.NetworkNamespace,
                    Address = MacNumber.Of(device.MacAddress),
                    IsUp = device.AdministrativeStatus == AdministrativeStatus.Up,
                    HasCarrier = device.Carrier != false,
                    IsTap = device is TapLink,
                },
                Links = links,
                Switch = behaviour is { } said ? new SceneSwitch { Behaviour = said } : behind.Switch,
            },
            Places = places,
            Port = behind.Port,
            Outside = behind.Outside,
            OutsideAddress = behind.OutsideAddress,
        };
    }

    /// <summary>The links of a lower device, namespace by namespace. One that may not be entered is passed over.</summary>
    internal IEnumerable<(LinkSession Session, IReadOnlyList<MacvlanLink> Links)> Siblings(Link device)
    {
        MacvlanLink[] here = [.. lower.Reader.List().Links.OfType<MacvlanLink>().Where(l => l.LowerDeviceIndex == device.InterfaceIndex && l.LowerDeviceNamespaceId is null)];
        if (here.Length > 0) yield return (lower, here);
        foreach ((LinkSession session, IReadOnlyList<Link> links) in SiblingFinder.Find(lower.Namespace, device.InterfaceIndex, open))
        {
            if (links.OfType<MacvlanLink>().ToArray() is { Length: > 0 } there) yield return (session, there);
        }
    }

    /// <summary>The filters of links; none where the kernel knows no such thing.</summary>
    private static Dictionary<int, SceneGuard> Guards(LinkSession session, IReadOnlyList<MacvlanLink> links)
    {
        var client = new ProtectionClient(session.Conversation);
        try
        {
            Dictionary<int, FilterRecord> hooks = client.ListHooks().GroupBy(h => h.Index).ToDictionary(g => g.Key, g => g.Last());
            return links.Where(l => hooks.ContainsKey(l.InterfaceIndex)).ToDictionary(l => l.InterfaceIndex, l => SceneGuard.Of(client.Read(l, hooks[l.InterfaceIndex]), hooks[l.InterfaceIndex]));
        }
        catch (KernelException refusal) when (refusal.Errno == Errno.EOPNOTSUPP)
        {
            return [];
        }
    }

    /// <summary>
    /// A socket that sees every frame sees it before the filters do (__netif_receive_skb_core in net/core/dev.c). That of a link's own stack sees what they let pass; a
    /// macvtap has none, since its device takes the frames before, and neither has a port of a bridge.
    /// </summary>
    private static ProbePlace Place(LinkSession session, MacvlanLink link, SceneGuard guard)
    {
        bool hasStack = link is not MacvtapLink && link.MasterIndex is null;
        return new ProbePlace(session, link.Name, link.InterfaceIndex, IsStack: guard.FiltersReceiving && hasStack, IsVeiled: guard.FiltersReceiving && !hasStack);
    }

    private static SceneLink Describe(MacvlanLink link, IEnumerable<ulong> groups, SceneGuard guard) => new()
    {
        Name = link.Name,
        InterfaceIndex = link.InterfaceIndex,
        NetworkNamespace = link.NetworkNamespace,
        IsTap = link is MacvtapLink,
        Mode = link.Mode,
        Flags = link.ModeFlag,
        Address = MacNumber.Of(link.MacAddress),
        IsUp = link.AdministrativeStatus == AdministrativeStatus.Up,
        HasCarrier = link.Carrier != false,
        TakesEveryGroup = link.AllMulticast > 0 || link.Promiscuity > 0 || (link.Flags & (InterfaceFlag.AllMulticast | InterfaceFlag.Promiscuous)) != 0,
        Groups = groups.ToHashSet(),
        Guard = guard,
        Sources = [.. link.SourceAddress.Select(MacNumber.Of)],
    };
}
