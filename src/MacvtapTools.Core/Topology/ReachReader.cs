using MacvtapTools.Bridging;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;
using MacvtapTools.Multicast;

namespace MacvtapTools.Topology;

/// <summary>Asks the model about every lower device of a topology.</summary>
internal static class ReachReader
{
    private const string MulticastGroup = "mDNS";

    /// <summary>The summaries, in the order of the lower devices.</summary>
    /// <param name="topology">What was read.</param>
    /// <param name="sessions">The sessions that it was read with.</param>
    /// <param name="open">Opens the session of another namespace.</param>
    /// <param name="openVswitch">Knows the ports of Open vSwitch.</param>
    /// <param name="kind">One kind of frames; multicast is asked for the group of mDNS.</param>
    /// <param name="cancellation">Ends it between two lower devices.</param>
    internal static IReadOnlyList<ReachSummary> Read(LinkTopology topology, IReadOnlyList<LinkSession> sessions, Func<string?, LinkSession> open, OpenVswitchClient? openVswitch, TrafficKind kind, CancellationToken cancellation)
    {
        ulong group = MacNumber.Of(MulticastText.Parse(MulticastGroup));
        List<ReachSummary> summaries = [];
        HashSet<string> lower = [.. topology.Edge.Where(e => e is { Relation: TopologyRelation.Lower, ToNode.Mode: not null }).Select(e => e.From)];
        foreach (TopologyNode node in topology.Node.Where(n => n.Key.Place >= 0 && lower.Contains(n.Id)))
        {
            cancellation.ThrowIfCancellationRequested();
            LinkSession session = sessions[node.Key.Place];
            if (session.Reader.Find(node.Key.Index) is not { } device) continue; // it went meanwhile
            summaries.Add(ReachSummary.Of(new ForwardingModel(new SceneReader(session, open, openVswitch).Read(device, null).Scene, group), kind));
        }

        return summaries;
    }
}
