namespace MacvtapTools.Topology;

/// <summary>What the writers write.</summary>
/// <param name="Topology">The nodes and edges.</param>
/// <param name="Reach">Who reaches whom, for each lower device; empty where it was not asked for.</param>
/// <param name="Title">The heading.</param>
internal sealed record TopologyPicture(LinkTopology Topology, IReadOnlyList<ReachSummary> Reach, string Title);
