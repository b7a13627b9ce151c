namespace MacvtapTools;

/// <summary>What stands behind a lower device, as far as the frames of its links are concerned.</summary>
public enum SwitchBehaviour
{
    /// <summary>Not known: a cable, and something at its other end.</summary>
    Unknown,

    /// <summary>No switch: another host, or nothing.</summary>
    None,

    /// <summary>A switch that never sends a frame back to where it came from, as IEEE 802.1D has it.</summary>
    Plain,

    /// <summary>A switch that returns what is meant for another address of the same port (reflective relay, IEEE 802.1Qbg; a Linux bridge calls it hairpin).</summary>
    ReflectiveRelay,
}
