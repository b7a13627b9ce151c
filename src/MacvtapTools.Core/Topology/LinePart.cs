namespace MacvtapTools.Topology;

/// <summary>What a piece of a line is: decides its colour.</summary>
internal enum LinePart
{
    /// <summary>The lines of the tree.</summary>
    Branch,

    /// <summary>The name of a link or program.</summary>
    Name,

    /// <summary>Kind, mode, address.</summary>
    Detail,

    /// <summary>What works: hairpin that is on.</summary>
    Good,

    /// <summary>What does not: down, no carrier.</summary>
    Bad,

    /// <summary>A network namespace.</summary>
    Place,
}
