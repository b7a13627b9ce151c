namespace MacvtapTools;

/// <summary>What an advice about a link is about: one for each rule, and this is all of them.</summary>
public enum LinkAdviceTopic
{
    /// <summary>IPv6 neighbour discovery and multicast do not reach the guest: the filter of groups lets in only what the host joined.</summary>
    GuestMulticast,

    /// <summary>A private link does not isolate: a reflective relay behind it returns unicast.</summary>
    PrivateNotIsolated,

    /// <summary>The lower device drops frames, and its queue of broadcasts is short.</summary>
    BroadcastDrops,

    /// <summary>Frames for the guest found no room or no reader.</summary>
    FrameDrops,

    /// <summary>The MTU is below the lower device's.</summary>
    MtuBelowLower,

    /// <summary>The MTU is above that of the other end of the cable.</summary>
    MtuAbovePeer,

    /// <summary>The host has IP addresses on a macvtap.</summary>
    HostAddress,

    /// <summary>The host makes IPv6 addresses on a macvtap when it is switched on.</summary>
    HostAddressGeneration,

    /// <summary>The link is switched off.</summary>
    LinkDown,

    /// <summary>The lower device is switched off.</summary>
    LowerDeviceDown,

    /// <summary>There is no carrier.</summary>
    NoCarrier,

    /// <summary>The node of the tap device is missing, or another device.</summary>
    TapNode,

    /// <summary>Everybody may open the tap device.</summary>
    WorldAccess,

    /// <summary>No process has the tap device open.</summary>
    NoHolder,

    /// <summary>Several processes have the tap device open and share its frames.</summary>
    SeveralHolders,

    /// <summary>A passthru link takes all unicast of a lower device that the host has addresses on.</summary>
    PassthruHostAddress,

    /// <summary>Vepa links have no reflective relay behind them.</summary>
    RelayMissing,

    /// <summary>Hairpin is on and has no effect, or not the whole.</summary>
    RelayIneffective,

    /// <summary>The port of the switch does not forward.</summary>
    SwitchPortState,

    /// <summary>Another link has the same MAC address.</summary>
    DuplicateMacAddress,

    /// <summary>A link in source mode receives from nobody.</summary>
    SourceWithoutAddress,

    /// <summary>The queue for the guest has room for nothing.</summary>
    TransmitQueueZero,

    /// <summary>A macvlan is a bridge port: frames for those behind the bridge do not come in by it.</summary>
    MacvlanInBridge,

    /// <summary>The queue for the guest is so long that nobody can open the tap device.</summary>
    TransmitQueueTooLong,
}
