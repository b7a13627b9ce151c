namespace MacvtapTools;

/// <summary>What a user wants to know first: do frames pass, and if not, whose fault is it.</summary>
public enum LinkStatus
{
    /// <summary>Switched off (administratively down).</summary>
    Down,

    /// <summary>Switched on, and frames can pass.</summary>
    Up,

    /// <summary>Switched on, but there is no carrier: cable out, peer down.</summary>
    NoCarrier,

    /// <summary>Switched on, but the lower device is down or has no carrier.</summary>
    LowerLayerDown,

    /// <summary>Switched on, waits for an outside event.</summary>
    Dormant,
}
