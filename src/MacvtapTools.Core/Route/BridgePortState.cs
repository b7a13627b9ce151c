namespace MacvtapTools;

/// <summary>The spanning-tree state of a bridge port (BR_STATE_*, include/uapi/linux/if_bridge.h). Only a forwarding port reflects frames.</summary>
public enum BridgePortState
{
    /// <summary>Takes no part.</summary>
    Disabled = 0,

    /// <summary>Listens for other bridges; no frames pass.</summary>
    Listening = 1,

    /// <summary>Learns addresses; no frames pass.</summary>
    Learning = 2,

    /// <summary>Frames pass.</summary>
    Forwarding = 3,

    /// <summary>Kept closed by the spanning tree.</summary>
    Blocking = 4,
}
