namespace MacvtapTools;

/// <summary>Whether a frame arrives.</summary>
public enum Reachability
{
    /// <summary>It does not.</summary>
    NotDelivered,

    /// <summary>It does.</summary>
    Delivered,

    /// <summary>It depends on something that this host cannot see, or that is not settled: the reason says on what.</summary>
    Depends,
}
