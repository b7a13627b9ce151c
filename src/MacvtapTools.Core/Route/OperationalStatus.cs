namespace MacvtapTools;

/// <summary>The operational state of a link (RFC 2863; IF_OPER_* in include/uapi/linux/if.h).</summary>
public enum OperationalStatus
{
    /// <summary>The driver does not tell.</summary>
    Unknown = 0,

    /// <summary>A part is missing.</summary>
    NotPresent = 1,

    /// <summary>No frames can pass.</summary>
    Down = 2,

    /// <summary>The lower device is down or has no carrier.</summary>
    LowerLayerDown = 3,

    /// <summary>A test is running.</summary>
    Testing = 4,

    /// <summary>Waits for an outside event (802.1X, for example).</summary>
    Dormant = 5,

    /// <summary>Frames pass.</summary>
    Up = 6,
}
