namespace MacvtapTools;

/// <summary>What a user wants to know first: do frames pass, and if not, whose fault is it.</summary>
public enum LinkStatus
{
    /// <summary>Switched off (administratively down).</summary>
    Down,

    /// <summary>Switched on, and frames can pass.</summary>
    Up,

    /// <summary>Switched on, but there is no carrier: the cable is out.</summary>
    NoCarrier,

    /// <summary>Switched on, but what is under it is down or has no carrier: the lower device, or the other end of a veth pair.</summary>
    LowerLayerDown,

    /// <summary>Switched on, waits for an outside event.</summary>
    Dormant,
}
