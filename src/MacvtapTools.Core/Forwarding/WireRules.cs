namespace MacvtapTools.Forwarding;

/// <summary>What the switch does with a frame: net/bridge (br_handle_frame, br_handle_frame_finish, should_deliver, br_flood) where it is a Linux bridge.</summary>
internal static class WireRules
{
    /// <summary>Whether a frame that leaves the lower device comes back to it.</summary>
    internal static Verdict Return(SceneSwitch behind, in SceneFrame frame)
    {
        switch (behind.Behaviour)
        {
            case SwitchBehaviour.Plain or SwitchBehaviour.ReflectiveRelay when behind.Uncertainty is not null && behind.State == BridgePortState.Forwarding: return Verdict.Maybe(ForwardingRule.SwitchProgrammed);
            case SwitchBehaviour.Unknown: return Verdict.Maybe(ForwardingRule.SwitchUnknown);
            case SwitchBehaviour.None or SwitchBehaviour.Plain: return Verdict.No(ForwardingRule.NeedsReflectiveRelay);
        }

        Verdict entry = Enter(behind, frame);
        if (entry.Reachable == Reachability.NotDelivered) return entry;
        if (behind.Settings.IsIsolated) return Verdict.No(ForwardingRule.PortIsolated);
        Verdict exit = Leave(behind.Settings, frame.Kind, behind.SnoopsMulticast);
        return exit.Reachable == Reachability.Delivered ? entry : exit;
    }

    /// <summary>Whether a frame that leaves the lower device reaches a host behind the switch.</summary>
    internal static Verdict ToOutside(SceneSwitch behind, in SceneFrame frame)
    {
        if (behind.IsDeadEnd) return Verdict.No(ForwardingRule.NobodyOutside);
        if (behind.Behaviour is SwitchBehaviour.None or SwitchBehaviour.Unknown) return Verdict.Yes(ForwardingRule.LeavesLowerDevice);
        Verdict entry = Enter(behind, frame);
        if (entry.Reachable == Reachability.NotDelivered) return entry;
        if (behind.IsAlone) return Verdict.No(ForwardingRule.NobodyOutside);

        // The bridge's own host is behind no port.
        if (behind.OutsidePort is not { } port) return entry;
        if (behind.Settings.IsIsolated && port.Settings.IsIsolated) return Verdict.No(ForwardingRule.PortIsolated);
        Verdict exit = Leave(port.Settings, frame.Kind, behind.SnoopsMulticast);
        return exit.Reachable == Reachability.Delivered ? entry : exit;
    }

    /// <summary>Whether a frame of a host behind the switch reaches the lower device.</summary>
    internal static Verdict FromOutside(SceneSwitch behind, in SceneFrame frame)
    {
        if (behind.IsDeadEnd) return Verdict.No(ForwardingRule.NobodyOutside);
        if (behind.Behaviour is SwitchBehaviour.None or SwitchBehaviour.Unknown) return Verdict.Yes(ForwardingRule.ComesFromOutside);
        if (behind.State != BridgePortState.Forwarding) return Verdict.No(ForwardingRule.PortNotForwarding);
        if (behind.IsAlone) return Verdict.No(ForwardingRule.NobodyOutside);

        // What the bridge's own host sends comes in by no port, so that no group is kept back, and to a group it is flooded whatever the port says (br_dev_xmit, br_flood).
        if (!behind.IsOutsideBridge && IsKept(behind, behind.OutsidePort?.Settings.GroupForwardMask ?? 0, frame)) return Verdict.No(ForwardingRule.ReservedGroup);
        if (behind.Settings.IsIsolated && behind.OutsidePort is { Settings.IsIsolated: true }) return Verdict.No(ForwardingRule.PortIsolated);
        Verdict exit = behind.IsOutsideBridge && frame.Kind != TrafficKind.Unicast ? Verdict.Yes(ForwardingRule.ComesFromOutside) : Leave(behind.Settings, frame.Kind, behind.SnoopsMulticast);
        if (exit.Reachable == Reachability.NotDelivered) return exit;
        if (behind.Uncertainty is not null) return Verdict.Maybe(ForwardingRule.SwitchProgrammed);
        if (behind.OutsidePort is { Settings.IsLocked: true }) return Verdict.Maybe(ForwardingRule.PortLocked);
        return behind.FiltersVlans ? Verdict.Maybe(ForwardingRule.VlanFiltering) : exit;
    }

    /// <summary>From the lower device into the switch.</summary>
    private static Verdict Enter(SceneSwitch behind, in SceneFrame frame)
    {
        if (behind.State != BridgePortState.Forwarding) return Verdict.No(ForwardingRule.PortNotForwarding);
        if (IsKept(behind, behind.Settings.GroupForwardMask, frame)) return Verdict.No(ForwardingRule.ReservedGroup);
        if (behind.Uncertainty is not null) return Verdict.Maybe(ForwardingRule.SwitchProgrammed);
        if (behind.Settings.IsLocked) return Verdict.Maybe(ForwardingRule.PortLocked);
        return behind.FiltersVlans ? Verdict.Maybe(ForwardingRule.VlanFiltering) : Verdict.Yes(ForwardingRule.LeavesLowerDevice);
    }

    /// <summary>Out of a port: what is not known to be there is flooded, or not.</summary>
    private static Verdict Leave(PortSettings port, TrafficKind kind, bool snoops) => kind switch
    {
        TrafficKind.Broadcast when !port.FloodsBroadcast => Verdict.No(ForwardingRule.BroadcastFloodOff),
        TrafficKind.Multicast when !port.FloodsMulticast => snoops ? Verdict.Maybe(ForwardingRule.MulticastFloodOff) : Verdict.No(ForwardingRule.MulticastFloodOff),
        TrafficKind.Unicast when !port.FloodsUnicast => Verdict.Maybe(ForwardingRule.UnicastFloodOff),
        _ => Verdict.Yes(ForwardingRule.ComesFromOutside),
    };

    /// <summary>
    /// The groups of the switch itself are not passed on (br_handle_frame): none but those of the masks of the port and the bridge, and that of the spanning tree where it
    /// does not run. Open vSwitch passes none (is_admissible in ofproto/ofproto-dpif-xlate.c).
    /// </summary>
    private static bool IsKept(SceneSwitch behind, int mask, in SceneFrame frame)
    {
        if (!MacNumber.IsReserved(frame.Destination)) return false;
        int last = (int)(frame.Destination & 0xf);
        return ((mask | behind.BridgeGroupForwardMask) & (1 << last)) == 0 && (last != 0 || behind.HasSpanningTree || behind.Bridge is null || behind.Backend == BridgeBackend.OpenVswitch);
    }
}
