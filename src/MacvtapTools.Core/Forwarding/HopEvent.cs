namespace MacvtapTools;

/// <summary>What happens to a frame at one place of its way.</summary>
public enum HopEvent
{
    /// <summary>It leaves through this link.</summary>
    Send,

    /// <summary>The lower device gives it to a sibling inside the kernel.</summary>
    HandOver,

    /// <summary>It passes the port of a switch.</summary>
    Forward,

    /// <summary>The switch sends it back to where it came from.</summary>
    Return,

    /// <summary>It arrives at this link.</summary>
    Receive,

    /// <summary>It ends here.</summary>
    Drop,

    /// <summary>What happens here cannot be known.</summary>
    Unknown,
}
