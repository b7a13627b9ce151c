using MacvtapTools.Diagnosis.Advice;
using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Forwarding;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>What is around a link, as a test describes it.</summary>
internal sealed class FakeSurroundings : IAdviceView
{
    internal Link? Lower { get; set; } = FakeLinks.Veth();

    internal Link? Peer { get; set; } = FakeLinks.Veth("p0", 2, 1);

    internal ForwardingScene? Scene { get; set; }

    internal IReadOnlyList<LinkMulticastGroup> Groups { get; set; } = [];

    internal IReadOnlyList<LinkAddress> Addresses { get; set; } = [];

    internal TapDevice? Tap { get; set; }

    internal IReadOnlyList<NamespaceView> Namespaces { get; set; } = [new NamespaceView(null, [], [])];

    public bool SeesEveryHolder { get; set; } = true;

    public IReadOnlyDictionary<string, PlacedLink[]> SharedAddresses => AddressClashes.Find(Namespaces).ToDictionary(g => g.Key, g => g.ToArray());

    public NamespaceView Own => Namespaces[0];

    public Link? LowerOf(MacvlanLink link) => Lower;

    public Link? PeerOf(VethLink link) => Peer;

    public ForwardingScene? SceneOf(MacvlanLink link) => Scene;

    public IReadOnlyList<LinkMulticastGroup> GroupsOf(Link link) => Groups;

    public IReadOnlyList<LinkAddress> AddressesOf(Link link) => Addresses;

    public TapDevice? TapOf(MacvtapLink link) => Tap;
}
