namespace MacvtapTools.Topology;

/// <summary>Whether the frames of one entry of a summary reach another.</summary>
internal enum ReachCell
{
    /// <summary>There is nobody to ask about: an entry of one link and itself.</summary>
    None,

    /// <summary>They do.</summary>
    Delivered,

    /// <summary>They do not.</summary>
    NotDelivered,

    /// <summary>It depends on what this machine cannot see.</summary>
    Depends,

    /// <summary>Some pairs do and some do not.</summary>
    Some,
}
