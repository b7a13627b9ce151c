namespace MacvtapTools;

/// <summary>Which way a frame went over a link, as seen from the host (sll_pkttype, packet(7); epb_flags of pcapng).</summary>
public enum FrameDirection
{
    /// <summary>Not known: the frame was made, or its source does not say.</summary>
    Unknown = 0,

    /// <summary>The link received it.</summary>
    In = 1,

    /// <summary>The host sent it on the link.</summary>
    Out = 2,
}
