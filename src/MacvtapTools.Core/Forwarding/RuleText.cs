using MacvtapTools.Failures;

namespace MacvtapTools.Forwarding;

/// <summary>Each rule in words, with the names in it.</summary>
internal static class RuleText
{
    /// <summary>What is added where a measurement showed it.</summary>
    internal const string ByChance = "; this one does";

    /// <summary>Why a frame arrives or not.</summary>
    internal static string Describe(ForwardingScene scene, ForwardingRule rule, int from, int to, TrafficKind kind, ulong group)
    {
        string sender = Call(scene, from);
        string receiver = Call(scene, to);
        string lower = scene.Lower.Name;
        ScenePort? other = scene.Switch.OtherPortOf(rule, from == scene.Outside, to == scene.Outside);
        string port = other is null ? Port(scene.Switch) : Port(scene.Switch, other.Name);
        return rule switch
        {
            ForwardingRule.BridgeDirect => $"both are in bridge mode: {lower} hands it over inside the kernel, whatever the switch does",
            ForwardingRule.UnicastReturns => $"{Relay(scene)} returns it, and unicast goes by the MAC address{PrivateRemark(scene, from, to)}",
            ForwardingRule.BroadcastReturns => $"{Relay(scene)} returns it, and {receiver} takes part",
            ForwardingRule.OwnBroadcastReturns => $"{Relay(scene)} returns it, and what comes back of {ModeOf(scene, from)} goes to its sender only",
            ForwardingRule.HostReached => $"{Relay(scene)} returns it to {lower}, whose stack takes it",
            ForwardingRule.LeavesLowerDevice => to == scene.Outside && Outside(scene.Switch) is { } place ? $"it leaves through {lower} for {place}" : $"it leaves through {lower}",
            ForwardingRule.ComesFromOutside => to == scene.Host ? $"it comes in through {lower}, whose stack takes it" : $"it comes in through {lower} and goes by the MAC address or to everybody; the mode {ModeOf(scene, to)} does not matter",
            ForwardingRule.SourceListed => $"the sender's address is in the list of {receiver}, which gets a copy of every frame from it{(from == scene.Outside ? string.Empty : $" that arrives at {lower}")}",
            ForwardingRule.PassthruTakesAll => $"{receiver} is in passthru mode and takes every unicast frame of {lower}",
            ForwardingRule.SenderDown => $"{sender} is down",
            ForwardingRule.SenderNoCarrier => $"{sender} has no carrier (protodown), so it sends nothing",
            ForwardingRule.ReceiverDown => $"{receiver} is down",
            ForwardingRule.LowerDeviceDown => $"the lower device {lower} is down",
            ForwardingRule.LowerDeviceNoCarrier => $"{lower} has no carrier{(scene.Lower.IsTap ? " (no program has it open)" : string.Empty)}, and without it not even two bridge-mode links reach each other",
            ForwardingRule.NeedsReflectiveRelay => $"{Leg(scene, from, to)} needs a reflective relay at the switch; {NoRelay(scene)}",
            ForwardingRule.PortNotForwarding => $"{port} is {scene.Switch.State.ToString().ToLowerInvariant()}, not forwarding{WhyNot(scene.Switch)}",
            ForwardingRule.PortIsolated => $"{port} is isolated: it returns nothing, hairpin or not, and reaches no other isolated port",
            ForwardingRule.BroadcastFloodOff => $"{port} has broadcast flooding off",
            ForwardingRule.MulticastFloodOff => $"{port} has multicast flooding off: only groups that were asked for there pass",
            ForwardingRule.UnicastFloodOff => $"{port} has unicast flooding off: it passes only if {scene.Switch.Bridge ?? "the switch"} has the address of {receiver} in its table{((other?.Settings ?? scene.Switch.Settings).Learns ? string.Empty : ", and the port learns none")}",
            ForwardingRule.PortLocked => $"{port} is locked: it passes only if the address of {sender} was entered beforehand",
            ForwardingRule.VlanFiltering => $"{scene.Switch.Bridge} filters VLANs: it passes only if {port} is in the frame's VLAN",
            ForwardingRule.SwitchProgrammed => $"{scene.Switch.Uncertainty}: those decide, and they are not looked at here",
            ForwardingRule.AddressNotLearned => $"{Relay(scene)} returns unicast only to addresses that it has learned there",
            ForwardingRule.SwitchUnknown => $"it has to come back from the switch behind {lower}, which is not known: a reflective relay returns it, other switches do not",
            ForwardingRule.NobodyOutside => scene.Switch.IsDeadEnd ? $"nothing is behind {lower}" : $"no other port of {scene.Switch.Bridge} is forwarding, and {scene.Switch.Bridge} itself is down",
            ForwardingRule.ReservedGroup => $"{MacNumber.Text(group)} is for the switch itself, which forwards it to nobody",
            ForwardingRule.PrivateSender => $"{ModeOf(scene, from)} keeps its broadcasts and multicasts from the host and all siblings: what comes back goes to the sender only",
            ForwardingRule.PrivateReceiver => $"private blocks only broadcast and multicast of siblings: {receiver} is private, and this is {kind.ToString().ToLowerInvariant()}; unicast comes back through a reflective relay",
            ForwardingRule.NoEcho => "the sender's own broadcast is not given back to it",
            ForwardingRule.SourceNotListed => $"{receiver} is in source mode, and the sender's address is not in its list",
            ForwardingRule.SourceListDecides => $"{receiver} is in source mode: it receives if the sender's address is in its list",
            ForwardingRule.NoDestinationTakes => from == scene.Outside ? "a source-mode link with NoDestination takes frames of the addresses in its list, and nobody else gets those" : "a source-mode link with NoDestination has the sender's address in its list, so it takes the frame and nobody else gets it",
            ForwardingRule.GroupNotJoined => $"{receiver} does not let {MacNumber.Text(group)} in{Chance(scene, to)}",
            ForwardingRule.PassthruHidesHost => $"the passthru link takes every unicast frame of {lower}: the host gets none",
            ForwardingRule.Protected => Guarded(scene, from, to, kind, group),
            _ => $"unicast goes to the link with that MAC address, and {receiver} is not the one; promiscuous mode does not help",
        };
    }

    /// <summary>The other end of the cable, as a user can look it up.</summary>
    internal static string Port(SceneSwitch behind) => behind switch
    {
        { Bridge: not null, Port: { } port } => Port(behind, port),
        { Port: { } port } => port,
        _ => "the switch",
    };

    private static string WhyNot(SceneSwitch behind) => behind switch
    {
        { IsBridgeUp: false } => $": {behind.Bridge} is down",
        { IsPortUp: false } => ": it is down",
        { HasSpanningTree: true } => ": the spanning tree decides, and may not have settled yet",
        _ => string.Empty,
    };

    private static string Port(SceneSwitch behind, string name) => $"port {name} of {behind.Bridge}";

    /// <summary>Where the host outside is, as far as that is on this machine.</summary>
    private static string? Outside(SceneSwitch behind) => behind switch
    {
        { OutsidePort: { } port } => Port(behind, port.Name),
        { IsOutsideBridge: true } => $"the host of {behind.Bridge}",
        _ => null,
    };

    private static string Call(ForwardingScene scene, int endpoint) =>
        endpoint == scene.Host ? $"the host ({scene.Lower.Name})" : endpoint == scene.Outside ? $"the host outside{(Outside(scene.Switch) is { } place ? $" ({place})" : string.Empty)}" : scene.NameOf(endpoint);

    /// <summary>Which filter it is, of whom, and at which of its two hooks.</summary>
    private static string Guarded(ForwardingScene scene, int from, int to, TrafficKind kind, ulong group)
    {
        ulong source = scene.AddressOf(from);
        ulong destination = kind switch { TrafficKind.Unicast => scene.AddressOf(to), TrafficKind.Broadcast => MacNumber.Broadcast, _ => group };
        bool isSender = from < scene.Links.Count && scene.Links[from].Guard.Sends(source, destination).Reachable != Reachability.Delivered;
        SceneLink link = scene.Links[isSender ? from : to];
        Verdict verdict = isSender ? link.Guard.Sends(source, destination) : link.Guard.Receives(source);
        string hook = isSender ? "egress" : "ingress";
        if (verdict.Reachable == Reachability.Depends) return $"filters of other programs are on {link.Name} ({CommandText.Program($"tc filter show dev {CommandText.Word(link.Name)} {hook}", link.NetworkNamespace)}): they can drop it, and they are not looked at here";
        if (!isSender) return $"{link.Name} is isolated (Protect-Link -Isolate): what comes from {Call(scene, from)} is dropped there";
        return link.Guard.Rules is { Sources.Count: > 0 } rules && !rules.Sources.Contains(source)
            ? $"{link.Name} may send only from the addresses of its protection (Protect-Link -AllowSourceAddress), and its own is not among them"
            : $"{link.Name} is isolated (Protect-Link -Isolate): what it sends to {Call(scene, to)} is dropped there";
    }

    private static string ModeOf(ForwardingScene scene, int endpoint) => endpoint < scene.Links.Count ? scene.Links[endpoint].Mode.ToString().ToLowerInvariant() : "passthru";

    private static string Relay(ForwardingScene scene) => scene.Switch switch
    {
        { Bridge: null } => "the reflective relay",
        { Backend: BridgeBackend.OpenVswitch } => $"the reflective relay ({Port(scene.Switch)}, hairpin on, made of flows)",
        _ => $"the reflective relay ({Port(scene.Switch)}, hairpin on)",
    };

    private static string NoRelay(ForwardingScene scene) => scene.Switch switch
    {
        { IsDeadEnd: true } => $"nothing is behind {scene.Lower.Name}",
        { Bridge: not null } => $"{Port(scene.Switch)} has hairpin off",
        { Behaviour: SwitchBehaviour.None, Port: { } peer } => $"{peer} at the other end is no port of a bridge",
        { Behaviour: SwitchBehaviour.None } => "there is no switch",
        _ => "this one returns nothing",
    };

    /// <summary>Which of the two is to blame, as a user thinks of it.</summary>
    private static string Leg(ForwardingScene scene, int from, int to)
    {
        if (from == scene.Host || to == scene.Host) return $"between {scene.Lower.Name} itself and its links it";
        LinkMode? sender = from < scene.Links.Count ? scene.Links[from].Mode : null;
        if (sender != LinkMode.Bridge) return $"a {ModeOf(scene, from)} link sends everything out of {scene.Lower.Name}, so it";
        return $"a bridge link reaches only bridge links directly and {scene.NameOf(to)} is {ModeOf(scene, to)}, so it";
    }

    private static string PrivateRemark(ForwardingScene scene, int from, int to)
    {
        bool isPrivate = (from < scene.Links.Count && scene.Links[from].Mode == LinkMode.Private) || (to < scene.Links.Count && scene.Links[to].Mode == LinkMode.Private);
        return isPrivate ? ": private blocks only broadcast" : string.Empty;
    }

    /// <summary>The filter has 256 places, and where a group lands in it depends on the link's place in memory: nobody can tell beforehand.</summary>
    private static string Chance(ForwardingScene scene, int to)
    {
        int places = to < scene.Links.Count ? scene.Links[to].Groups.Count + 1 : 1;
        return $" (its filter of 256 places has {places} in use, so by chance {places} of 256 other groups pass)";
    }
}
