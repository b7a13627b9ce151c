namespace MacvtapTools;

/// <summary>The rules by which a frame arrives or does not: a closed list. They are those of drivers/net/macvlan.c (macvlan_queue_xmit, macvlan_handle_frame) and net/bridge.</summary>
public enum ForwardingRule
{
    /// <summary>Both are in bridge mode: handed over inside the kernel, without the switch.</summary>
    BridgeDirect,

    /// <summary>The reflective relay returns it, and unicast goes by the destination address, whatever the modes.</summary>
    UnicastReturns,

    /// <summary>The reflective relay returns it, and the receiver takes part in broadcasts of such a sender.</summary>
    BroadcastReturns,

    /// <summary>A broadcast of a private, source or passthru link comes back to its sender, and to nobody else.</summary>
    OwnBroadcastReturns,

    /// <summary>The reflective relay returns it to the lower device, whose stack takes it.</summary>
    HostReached,

    /// <summary>It leaves through the lower device.</summary>
    LeavesLowerDevice,

    /// <summary>It comes from outside, and the receiver takes it.</summary>
    ComesFromOutside,

    /// <summary>The sender's address is in the list of the receiver, which is in source mode.</summary>
    SourceListed,

    /// <summary>The passthru link takes every unicast frame of the lower device.</summary>
    PassthruTakesAll,

    /// <summary>The sender is switched off.</summary>
    SenderDown,

    /// <summary>The sender has no carrier of its own.</summary>
    SenderNoCarrier,

    /// <summary>The receiver is switched off.</summary>
    ReceiverDown,

    /// <summary>The lower device is switched off.</summary>
    LowerDeviceDown,

    /// <summary>The lower device has no carrier: then its links do not even reach each other.</summary>
    LowerDeviceNoCarrier,

    /// <summary>It would have to come back from the switch, and the switch does not return it.</summary>
    NeedsReflectiveRelay,

    /// <summary>The bridge port behind the lower device does not forward.</summary>
    PortNotForwarding,

    /// <summary>The bridge port is isolated: it returns nothing, hairpin or not.</summary>
    PortIsolated,

    /// <summary>The bridge sends no broadcast through that port.</summary>
    BroadcastFloodOff,

    /// <summary>The bridge sends multicast through that port only where it was asked for.</summary>
    MulticastFloodOff,

    /// <summary>The bridge sends unicast through that port only to addresses that it knows there.</summary>
    UnicastFloodOff,

    /// <summary>The bridge takes from that port only addresses that were entered beforehand.</summary>
    PortLocked,

    /// <summary>The bridge looks at VLANs, and these are not looked at here.</summary>
    VlanFiltering,

    /// <summary>What is behind the lower device is not known.</summary>
    SwitchUnknown,

    /// <summary>There is nobody behind the lower device.</summary>
    NobodyOutside,

    /// <summary>A group of 01:80:c2:00:00:0X is for the switch itself; it forwards none of them.</summary>
    ReservedGroup,

    /// <summary>A broadcast or multicast of a private, source or passthru link reaches no sibling and not the host: what comes back goes to its sender only.</summary>
    PrivateSender,

    /// <summary>A private link gets no broadcast or multicast of its siblings.</summary>
    PrivateReceiver,

    /// <summary>A vepa or bridge link does not get its own broadcast back.</summary>
    NoEcho,

    /// <summary>The receiver is in source mode, and the sender's address is not in its list.</summary>
    SourceNotListed,

    /// <summary>The receiver is in source mode, and the sender's address is not known.</summary>
    SourceListDecides,

    /// <summary>A source-mode link with NoDestination takes what comes from that address, and nobody else gets it.</summary>
    NoDestinationTakes,

    /// <summary>The receiver does not let the multicast group in.</summary>
    GroupNotJoined,

    /// <summary>The passthru link takes every unicast frame, so the host gets none.</summary>
    PassthruHidesHost,

    /// <summary>Unicast goes to the link that has the address, and to no other: promiscuous mode does not help.</summary>
    AddressOfAnother,

    /// <summary>Flows or settings of an Open vSwitch bridge decide that are not looked at here.</summary>
    SwitchProgrammed,

    /// <summary>The reflective relay of an Open vSwitch port returns unicast only to addresses that it has learned there.</summary>
    AddressNotLearned,

    /// <summary>Filters on the sender or the receiver drop it (Protect-Link), or filters that are not known decide.</summary>
    Protected,
}
