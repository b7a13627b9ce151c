namespace MacvtapTools.Topology;

/// <summary>A sender and receiver of a summary: one link, the host, the outside, or several links that are alike.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Detail">Kind and mode; null for host and outside.</param>
/// <param name="Members">The names.</param>
/// <param name="Role">What it is in the topology: the colour of its box.</param>
internal sealed record ReachEntry(string Label, string? Detail, IReadOnlyList<string> Members, TopologyRole Role);
