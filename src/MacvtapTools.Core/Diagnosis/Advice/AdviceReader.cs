using MacvtapTools.Addresses;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Taps;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Looks up what the rules ask for, each thing once for all links of a network namespace.</summary>
/// <param name="session">The session of that network namespace.</param>
/// <param name="open">Opens the session of another one.</param>
/// <param name="openVswitch">Knows the ports of Open vSwitch.</param>
/// <param name="links">The links that are looked at.</param>
/// <param name="cancellation">Ends the look at all processes.</param>
internal sealed class AdviceReader(LinkSession session, Func<string?, LinkSession> open, OpenVswitchClient openVswitch, IReadOnlyList<Link> links, CancellationToken cancellation) : IAdviceView
{
    private readonly Dictionary<(string? Namespace, int Index), ForwardingScene?> _scenes = [];
    private readonly Dictionary<(string? Namespace, int Index), Link?> _links = [];
    private readonly Dictionary<(string? Namespace, int Index), Link?> _peers = [];
    private readonly Dictionary<(string? Namespace, int Index), IReadOnlyList<LinkAddress>> _addresses = [];
    private readonly HashSet<Link> _asked = [.. links];
    private readonly TapDeviceLocator _locator = new();
    private IReadOnlyList<NamespaceView>? _namespaces;
    private Dictionary<string, PlacedLink[]>? _shared;
    private ILookup<int, LinkAddress>? _own;
    private ILookup<int, LinkMulticastGroup>? _groups;
    private Dictionary<int, TapDevice>? _taps;
    private TapHolderScan? _scan;

    /// <inheritdoc/>
    public bool SeesEveryHolder => _scan?.IsComplete ?? false;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, PlacedLink[]> SharedAddresses => _shared ??= AddressClashes.Find(Namespaces).ToDictionary(g => g.Key, g => g.ToArray());

    /// <inheritdoc/>
    public NamespaceView Own => Namespaces[0];

    private IReadOnlyList<NamespaceView> Namespaces => _namespaces ??= [.. new NamespaceViews(session, open, withTaps: false).Read()];

    /// <inheritdoc/>
    public Link? LowerOf(MacvlanLink link) => link.LowerDeviceIndex is { } index ? Find(link.LowerDeviceNamespaceId is null ? link.NetworkNamespace : link.LowerDeviceNamespace, link.LowerDeviceNamespaceId is not null, index) : null;

    /// <inheritdoc/>
    public Link? PeerOf(VethLink link)
    {
        (string?, int) key = (link.NetworkNamespace, link.InterfaceIndex);
        if (!_peers.TryGetValue(key, out Link? peer)) _peers[key] = peer = Attempt(() => PeerFinder.Find(link, SessionOf(link), open)?.Peer);
        return peer;
    }

    /// <inheritdoc/>
    public ForwardingScene? SceneOf(MacvlanLink link)
    {
        if (LowerOf(link) is not { } lower) return null;
        (string?, int) key = (lower.NetworkNamespace, lower.InterfaceIndex);
        if (!_scenes.TryGetValue(key, out ForwardingScene? scene)) _scenes[key] = scene = Attempt(() => new SceneReader(SessionOf(lower), open, openVswitch).Read(lower, null).Scene);
        return scene;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LinkMulticastGroup> GroupsOf(Link link)
    {
        _groups ??= new MulticastClient(session.Conversation, session.Namespace).List(links).ToLookup(g => g.InterfaceIndex);
        return [.. _groups[link.InterfaceIndex]];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LinkAddress> AddressesOf(Link link)
    {
        if (_asked.Contains(link))
        {
            _own ??= new AddressClient(session.Conversation).List(links).ToLookup(a => a.InterfaceIndex);
            return [.. _own[link.InterfaceIndex]];
        }

        (string?, int) key = (link.NetworkNamespace, link.InterfaceIndex);
        if (!_addresses.TryGetValue(key, out IReadOnlyList<LinkAddress>? found)) _addresses[key] = found = Attempt(() => new AddressClient(SessionOf(link).Conversation).List([link])) ?? [];
        return found;
    }

    /// <inheritdoc/>
    public TapDevice? TapOf(MacvtapLink link)
    {
        if (_taps is null)
        {
            TapDevice[] devices = [.. links.OfType<MacvtapLink>().Select(l => Attempt(() => _locator.Locate(session, l))).OfType<TapDevice>()];
            _scan = TapHolderScanner.Scan(devices.Select(d => d.Device).ToHashSet(), cancellation);
            _taps = devices.ToDictionary(d => d.InterfaceIndex, d => d.With(_scan));
        }

        return _taps.GetValueOrDefault(link.InterfaceIndex);
    }

    private LinkSession SessionOf(Link link) => link.NetworkNamespace == session.Reader.NetworkNamespace ? session : open(link.NetworkNamespace);

    /// <summary>A link by index, in this network namespace or in another one; null where that has no name, or may not be entered.</summary>
    private Link? Find(string? networkNamespace, bool isElsewhere, int index)
    {
        if (isElsewhere && networkNamespace is null) return null;
        (string?, int) key = (isElsewhere ? networkNamespace : session.Reader.NetworkNamespace, index);
        if (!_links.TryGetValue(key, out Link? link)) _links[key] = link = Attempt(() => (isElsewhere ? open(networkNamespace) : session).Reader.Find(index));
        return link;
    }

    private static T? Attempt<T>(Func<T?> look)
        where T : class
    {
        try
        {
            return look();
        }
        catch (Exception refusal) when (refusal is MacvtapException or KernelException)
        {
            return null; // what cannot be seen gives no advice
        }
    }
}
