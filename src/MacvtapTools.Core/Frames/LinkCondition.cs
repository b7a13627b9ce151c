namespace MacvtapTools.Frames;

/// <summary>How the link of a source is.</summary>
internal enum LinkCondition
{
    /// <summary>Switched on.</summary>
    Up,

    /// <summary>Switched off: no frame comes.</summary>
    Down,

    /// <summary>In another network namespace, where the open device goes on.</summary>
    Moved,
}
