namespace MacvtapTools.Topology;

/// <summary>Which link a node is: indexes are unique within a network namespace only.</summary>
/// <param name="Place">The number of the network namespace; -1 and below for one that was not read.</param>
/// <param name="Index">The interface index.</param>
internal readonly record struct NodeKey(int Place, int Index) : IComparable<NodeKey>
{
    public int CompareTo(NodeKey other) => Place != other.Place ? Rank(Place).CompareTo(Rank(other.Place)) : Index.CompareTo(other.Index);

    /// <summary>What was not read comes last.</summary>
    private static int Rank(int place) => place >= 0 ? place : int.MaxValue + place;
}
