using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Diagnosis;

/// <summary>
/// The links that the kernel removes with a link: the other end of a veth pair, and what lies on either (each kind has an eye on its lower device's NETDEV_UNREGISTER). Also
/// in other network namespaces, as far as these can be looked into.
/// </summary>
internal sealed class RemovalCompanions
{
    /// <summary>Kinds that go with their lower device. A tunnel only loses the device that it was bound to.</summary>
    private static readonly HashSet<string> Riders = ["macvlan", "macvtap", "ipvlan", "ipvtap", "vlan", "vxlan", "macsec"];

    private readonly string? _place;
    private readonly List<Link> _found = [];
    private Link? _peer;
    private string? _unseenPeer;

    private RemovalCompanions(Link link) => _place = link.NetworkNamespace;

    /// <summary>Those of this link's namespace and of the others, without the link itself.</summary>
    internal IReadOnlyList<Link> Links => _found;

    /// <summary>Finds them.</summary>
    internal static RemovalCompanions Of(Link link, LinkReader reader)
    {
        var companions = new RemovalCompanions(link);
        if (link.Kind is not null) companions.Follow(link, reader);
        return companions;
    }

    /// <summary>", and with it p0 (its peer), mvt0"; empty where nothing goes with it.</summary>
    public override string ToString()
    {
        string[] all = [.. _unseenPeer is null ? [] : (string[])[_unseenPeer], .. _found.Select(Describe)];
        return all.Length == 0 ? string.Empty : $", and with it {string.Join(", ", all)}";
    }

    private string Describe(Link link) =>
        $"{link.Name}{(link == _peer ? " (its peer)" : string.Empty)}{(link.NetworkNamespace == _place ? string.Empty : $" in {(link.NetworkNamespace is { } name ? $"network namespace {name}" : "the current network namespace")}")}";

    private void Follow(Link link, LinkReader reader)
    {
        IReadOnlyList<Link> here = reader.List(hasStatistics: false).Links;
        Link? peer = link is not VethLink veth ? null : veth.PeerNamespaceId is null ? here.FirstOrDefault(l => l.InterfaceIndex == veth.PeerIndex) : PeerFinder.Find(veth, reader);
        if (peer is not null)
        {
            _peer = peer;
            _found.Add(peer);
        }
        else if (link is VethLink { PeerIndex: { } index } end)
        {
            _unseenPeer = $"{end.Peer ?? $"the link with index {index}"} (its peer, in a network namespace that cannot be looked into)";
        }

        AddRiders(link, reader, here);
        if (peer is null) return;
        if (peer.NetworkNamespace == reader.NetworkNamespace)
        {
            AddRiders(peer, reader, here);
            return;
        }

        try
        {
            using LinkSession there = LinkSession.Open(peer.NetworkNamespace);
            AddRiders(peer, there.Reader, there.Reader.List(hasStatistics: false).Links);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            // What lies on the peer there stays unknown.
        }
    }

    private void AddRiders(Link lower, LinkReader reader, IReadOnlyList<Link> here)
    {
        IEnumerable<Link> elsewhere = lower is MacvlanLink ? [] : SiblingFinder.Find(reader, lower.InterfaceIndex);
        foreach (Link rider in here.Where(l => l.LowerDeviceIndex == lower.InterfaceIndex && l.LowerDeviceNamespaceId is null).Concat(elsewhere).Where(l => l.Kind is { } kind && Riders.Contains(kind)))
        {
            if (_found.Exists(f => f.InterfaceIndex == rider.InterfaceIndex && f.NetworkNamespace == rider.NetworkNamespace)) continue;
            _found.Add(rider);
            if (rider.NetworkNamespace == reader.NetworkNamespace) AddRiders(rider, reader, here);
        }
    }
}
