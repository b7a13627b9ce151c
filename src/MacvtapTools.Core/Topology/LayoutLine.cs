namespace MacvtapTools.Topology;

/// <summary>A line between two boxes.</summary>
/// <param name="Edge">What it stands for.</param>
/// <param name="Points">Its corners, from the box that carries to the one that hangs on it.</param>
internal sealed record LayoutLine(TopologyEdge Edge, IReadOnlyList<(double X, double Y)> Points);
