namespace MacvtapTools.Events;

/// <summary>Which properties of two snapshots of one link differ, by the names that the objects have for them. Counters are left out.</summary>
internal static class LinkComparison
{
    private static readonly Property[] LinkProperties =
    [
        Of((Link l) => l.Name, nameof(Link.Name)),
        Of((Link l) => l.Status, nameof(Link.Status)),
        Of((Link l) => l.Mtu, nameof(Link.Mtu)),
        Of((Link l) => l.MacAddress, nameof(Link.MacAddress)),
        Of((Link l) => l.LowerDevice, nameof(Link.LowerDevice)),
        Of((Link l) => l.LowerDeviceIndex, nameof(Link.LowerDeviceIndex)),
        Of((Link l) => l.LowerDeviceNamespace, nameof(Link.LowerDeviceNamespace)),
        Of((Link l) => l.LowerDeviceNamespaceId, nameof(Link.LowerDeviceNamespaceId)),
        Of((Link l) => l.Master, nameof(Link.Master)),
        Of((Link l) => l.MasterIndex, nameof(Link.MasterIndex)),
        Of((Link l) => l.AdministrativeStatus, nameof(Link.AdministrativeStatus)),
        Of((Link l) => l.OperationalStatus, nameof(Link.OperationalStatus)),
        Of((Link l) => l.Carrier, nameof(Link.Carrier)),
        Of((Link l) => l.Flags, nameof(Link.Flags)),
        Of((Link l) => l.TransmitQueueLength, nameof(Link.TransmitQueueLength)),
        Of((Link l) => l.QueueDiscipline, nameof(Link.QueueDiscipline)),
        Of((Link l) => l.Alias, nameof(Link.Alias)),
        Names((Link l) => l.AlternativeName, nameof(Link.AlternativeName)),
        Of((Link l) => l.Group, nameof(Link.Group)),
        Of((Link l) => l.Promiscuity, nameof(Link.Promiscuity)),
        Of((Link l) => l.AllMulticast, nameof(Link.AllMulticast)),
        Of((Link l) => l.MinMtu, nameof(Link.MinMtu)),
        Of((Link l) => l.MaxMtu, nameof(Link.MaxMtu)),
        Of((Link l) => l.PermanentMacAddress, nameof(Link.PermanentMacAddress)),
        Of((Link l) => l.AddressGeneration, nameof(Link.AddressGeneration)),
        Of((Link l) => l.ProtocolDown, nameof(Link.ProtocolDown)),
        Of((Link l) => l.QueueCount, nameof(Link.QueueCount)),
        new Property(nameof(Link.UnknownKindData), (a, b) => !a.UnknownKindData.AsSpan().SequenceEqual(b.UnknownKindData)),
        Of((MacvlanLink l) => l.Mode, nameof(MacvlanLink.Mode)),
        Of((MacvlanLink l) => l.ModeFlag, nameof(MacvlanLink.ModeFlag)),
        Names((MacvlanLink l) => l.SourceAddress, nameof(MacvlanLink.SourceAddress)),
        Of((MacvlanLink l) => l.IsSourceAddressTruncated, nameof(MacvlanLink.IsSourceAddressTruncated)),
        Of((MacvlanLink l) => l.BroadcastQueueLength, nameof(MacvlanLink.BroadcastQueueLength)),
        Of((MacvlanLink l) => l.BroadcastQueueLengthUsed, nameof(MacvlanLink.BroadcastQueueLengthUsed)),
        Of((MacvlanLink l) => l.BroadcastCutoff, nameof(MacvlanLink.BroadcastCutoff)),
        Of((TapLink l) => l.Mode, nameof(TapLink.Mode)),
        Of((TapLink l) => l.OwnerId, nameof(TapLink.Owner)),
        Of((TapLink l) => l.OwnerId, nameof(TapLink.OwnerId)),
        Of((TapLink l) => l.GroupId, nameof(TapLink.OwnerGroup)),
        Of((TapLink l) => l.GroupId, nameof(TapLink.GroupId)),
        Of((TapLink l) => l.Persistent, nameof(TapLink.Persistent)),
        Of((TapLink l) => l.MultiQueue, nameof(TapLink.MultiQueue)),
        Of((TapLink l) => l.VnetHeader, nameof(TapLink.VnetHeader)),
        Of((TapLink l) => l.PacketInformation, nameof(TapLink.PacketInformation)),
        Of((TapLink l) => l.Queues, nameof(TapLink.Queues)),
        Of((TapLink l) => l.DisabledQueues, nameof(TapLink.DisabledQueues)),
        Of((VethLink l) => l.Peer, nameof(VethLink.Peer)),
        Of((VethLink l) => l.PeerIndex, nameof(VethLink.PeerIndex)),
        Of((VethLink l) => l.PeerNamespace, nameof(VethLink.PeerNamespace)),
        Of((VethLink l) => l.PeerNamespaceId, nameof(VethLink.PeerNamespaceId)),
        Of((PhysicalLink l) => l.Driver, nameof(PhysicalLink.Driver)),
        Of((PhysicalLink l) => l.Bus, nameof(PhysicalLink.Bus)),
        Of((PhysicalLink l) => l.Speed, nameof(PhysicalLink.Speed)),
        Of((PhysicalLink l) => l.Duplex, nameof(PhysicalLink.Duplex)),
        Of((BridgeLink l) => l.SpanningTree, nameof(BridgeLink.SpanningTree)),
        Of((BridgeLink l) => l.ForwardDelay, nameof(BridgeLink.ForwardDelay)),
        Of((BridgeLink l) => l.AgeingTime, nameof(BridgeLink.AgeingTime)),
        Of((BridgeLink l) => l.MulticastSnooping, nameof(BridgeLink.MulticastSnooping)),
        Of((BridgeLink l) => l.VlanFiltering, nameof(BridgeLink.VlanFiltering)),
    ];

    private static readonly Property[] PortProperties =
    [
        OfPort(p => p.State, nameof(BridgePort.State)),
        OfPort(p => p.Hairpin, nameof(BridgePort.Hairpin)),
        OfPort(p => p.IsHairpinEffective, nameof(BridgePort.IsHairpinEffective)),
        OfPort(p => p.Isolated, nameof(BridgePort.Isolated)),
        OfPort(p => p.Learning, nameof(BridgePort.Learning)),
        OfPort(p => p.UnicastFlood, nameof(BridgePort.UnicastFlood)),
        OfPort(p => p.MulticastFlood, nameof(BridgePort.MulticastFlood)),
        OfPort(p => p.BroadcastFlood, nameof(BridgePort.BroadcastFlood)),
        OfPort(p => p.Cost, nameof(BridgePort.Cost)),
        OfPort(p => p.Priority, nameof(BridgePort.Priority)),
        OfPort(p => p.Guard, nameof(BridgePort.Guard)),
        OfPort(p => p.RootBlock, nameof(BridgePort.RootBlock)),
        OfPort(p => p.FastLeave, nameof(BridgePort.FastLeave)),
        OfPort(p => p.ProxyArp, nameof(BridgePort.ProxyArp)),
        OfPort(p => p.ProxyArpWifi, nameof(BridgePort.ProxyArpWifi)),
        OfPort(p => p.MulticastRouter, nameof(BridgePort.MulticastRouter)),
        OfPort(p => p.MulticastToUnicast, nameof(BridgePort.MulticastToUnicast)),
        OfPort(p => p.VlanTunnel, nameof(BridgePort.VlanTunnel)),
        OfPort(p => p.GroupForwardMask, nameof(BridgePort.GroupForwardMask)),
        OfPort(p => p.NeighbourSuppression, nameof(BridgePort.NeighbourSuppression)),
        OfPort(p => p.Locked, nameof(BridgePort.Locked)),
        OfPort(p => p.MacAuthenticationBypass, nameof(BridgePort.MacAuthenticationBypass)),
        OfPort(p => p.BackupPortIndex, nameof(BridgePort.BackupPortIndex)),
        OfPort(p => p.MulticastGroupLimit, nameof(BridgePort.MulticastGroupLimit)),
        OfPort(p => p.MulticastHostLimit, nameof(BridgePort.MulticastHostLimit)),
        OfPort(p => p.NeighbourVlanSuppression, nameof(BridgePort.NeighbourVlanSuppression)),
        OfPort(p => p.BackupNextHopGroup, nameof(BridgePort.BackupNextHopGroup)),
        OfPort(p => p.PortId, nameof(BridgePort.PortId)),
        OfPort(p => p.MrpRingOpen, nameof(BridgePort.MrpRingOpen)),
        OfPort(p => p.MrpInterconnectOpen, nameof(BridgePort.MrpInterconnectOpen)),
        OfPort(p => p.PortNumber, nameof(BridgePort.PortNumber)),
    ];

    /// <summary>The names of all properties that are compared.</summary>
    internal static IEnumerable<string> Compared => LinkProperties.Concat(PortProperties).Select(p => p.Name);

    /// <summary>The names of the properties of a link that differ.</summary>
    internal static List<string> Links(Link before, Link after) => Differences(LinkProperties, before, after);

    /// <summary>The names of the properties of a bridge port that differ; none where one of the two is no port.</summary>
    internal static List<string> Ports(Link before, Link after) =>
        before.Record.Port is null || after.Record.Port is null || ReferenceEquals(before.Record.Port, after.Record.Port) ? [] : Differences(PortProperties, before, after);

    private static List<string> Differences(Property[] properties, Link before, Link after)
    {
        List<string> names = [];
        foreach (Property property in properties)
        {
            if (property.Differs(before, after)) names.Add(property.Name);
        }

        return names;
    }

    private static Property Of<TLink, T>(Func<TLink, T> get, string name)
        where TLink : Link =>
        new(name, (a, b) => a is TLink before && b is TLink after && !EqualityComparer<T>.Default.Equals(get(before), get(after)));

    /// <summary>Lists of names or addresses mean the same in any order: the kernel gives them in that of a hash.</summary>
    private static Property Names<TLink>(Func<TLink, IReadOnlyList<string>> get, string name)
        where TLink : Link =>
        new(name, (a, b) => a is TLink before && b is TLink after && !Same(get(before), get(after)));

    private static Property OfPort<T>(Func<BridgePort, T> get, string name) =>
        new(name, (a, b) => !EqualityComparer<T>.Default.Equals(get(new BridgePort(a)), get(new BridgePort(b))));

    private static bool Same(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        before.Count == after.Count && (before.SequenceEqual(after, StringComparer.Ordinal) || before.ToHashSet(StringComparer.Ordinal).SetEquals(after));

    private sealed record Property(string Name, Func<Link, Link, bool> Differs);
}
