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
        if (behind.IsIsolated) return Verdict.No(ForwardingRule.PortIsolated);
        Verdict exit = Leave(behind, frame.Kind);
        return exit.Reachable == Reachability.Delivered ? entry : exit;
    }

    /// <summary>Whether a frame that leaves the lower device reaches a host behind the switch.</summary>
    internal static Verdict ToOutside(SceneSwitch behind, in SceneFrame frame)
    {
        if (behind.IsDeadEnd) return Verdict.No(ForwardingRule.NobodyOutside);
        Verdict entry = behind.Behaviour is SwitchBehaviour.None or SwitchBehaviour.Unknown ? Verdict.Yes(ForwardingRule.LeavesLowerDevice) : Enter(behind, frame);
        if (entry.Reachable == Reachability.NotDelivered || behind.OtherPorts.Count == 0) return entry;
        if (!behind.OtherPorts.Any(p => p.Forwards)) return Verdict.No(ForwardingRule.NobodyOutside);
        return behind.IsIsolated && behind.OtherPorts.All(p => !p.Forwards || p.IsIsolated) ? Verdict.No(ForwardingRule.PortIsolated) : entry;
    }

    /// <summary>Whether a frame of a host behind the switch reaches the lower device.</summary>
    internal static Verdict FromOutside(SceneSwitch behind, in SceneFrame frame)
    {
        if (behind.IsDeadEnd) return Verdict.No(ForwardingRule.NobodyOutside);
        if (behind.Behaviour is SwitchBehaviour.None or SwitchBehaviour.Unknown) return Verdict.Yes(ForwardingRule.ComesFromOutside);
        if (behind.State != BridgePortState.Forwarding) return Verdict.No(ForwardingRule.PortNotForwarding);
        if (IsKept(behind, frame)) return Verdict.No(ForwardingRule.ReservedGroup);
        if (behind.OtherPorts.Count > 0)
        {
            if (!behind.OtherPorts.Any(p => p.Forwards)) return Verdict.No(ForwardingRule.NobodyOutside);
            if (behind.IsIsolated && behind.OtherPorts.All(p => !p.Forwards || p.IsIsolated)) return Verdict.No(ForwardingRule.PortIsolated);
            if (behind.FiltersVlans) return Verdict.Maybe(ForwardingRule.VlanFiltering);
        }

        if (behind.Uncertainty is not null) return Verdict.Maybe(ForwardingRule.SwitchProgrammed);

        // What the bridge's own host sends to a group is flooded whatever the port says (br_flood).
        return behind.OtherPorts.Count == 0 && behind.Bridge is not null && frame.Kind != TrafficKind.Unicast ? Verdict.Yes(ForwardingRule.ComesFromOutside) : Leave(behind, frame.Kind);
    }

    /// <summary>From the lower device into the switch.</summary>
    private static Verdict Enter(SceneSwitch behind, in SceneFrame frame)
    {
        if (behind.State != BridgePortState.Forwarding) return Verdict.No(ForwardingRule.PortNotForwarding);
        if (IsKept(behind, frame)) return Verdict.No(ForwardingRule.ReservedGroup);
        if (behind.Uncertainty is not null) return Verdict.Maybe(ForwardingRule.SwitchProgrammed);
        if (behind.IsLocked) return Verdict.Maybe(ForwardingRule.PortLocked);
        return behind.FiltersVlans ? Verdict.Maybe(ForwardingRule.VlanFiltering) : Verdict.Yes(ForwardingRule.LeavesLowerDevice);
    }

    /// <summary>From the switch to the lower device: what is not known to be there is flooded, or not.</summary>
    private static Verdict Leave(SceneSwitch behind, TrafficKind kind) => kind switch
    {
        TrafficKind.Broadcast when !behind.FloodsBroadcast => Verdict.No(ForwardingRule.BroadcastFloodOff),
        TrafficKind.Multicast when !behind.FloodsMulticast => behind.SnoopsMulticast ? Verdict.Maybe(ForwardingRule.MulticastFloodOff) : Verdict.No(ForwardingRule.MulticastFloodOff),
        TrafficKind.Unicast when !behind.FloodsUnicast => Verdict.Maybe(ForwardingRule.UnicastFloodOff),
        _ => Verdict.Yes(ForwardingRule.ComesFromOutside),
    };

    /// <summary>The groups of the switch itself are not passed on (br_handle_frame): none but those of the mask, and that of the spanning tree where it does not run. Open vSwitch passes none (is_admissible in ofproto/ofproto-dpif-xlate.c).</summary>
    private static bool IsKept(SceneSwitch behind, in SceneFrame frame)
    {
        if (!MacNumber.IsReserved(frame.Destination)) return false;
        int last = (int)(frame.Destination & 0xf);
        return (behind.GroupForwardMask & (1 << last)) == 0 && (last != 0 || behind.HasSpanningTree || behind.Bridge is null || behind.Backend == BridgeBackend.OpenVswitch);
    }
}
