namespace MacvtapTools;

/// <summary>How the second end of an edge hangs on the first.</summary>
public enum TopologyRelation
{
    /// <summary>The second is a port of the first: of a bridge, a bond, a VRF.</summary>
    Port,

    /// <summary>The first is the lower device of the second.</summary>
    Lower,

    /// <summary>Both are the ends of a veth pair.</summary>
    Peer,

    /// <summary>The second is a process that has the tap device of the first open.</summary>
    Holder,
}
