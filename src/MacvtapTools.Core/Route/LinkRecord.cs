namespace MacvtapTools.Route;

/// <summary>One link message, decoded. What the kernel did not say is null.</summary>
internal sealed class LinkRecord
{
    internal int Index { get; set; }

    /// <summary>ARPHRD_*: 1 is Ethernet, 772 loopback.</summary>
    internal ushort HardwareType { get; set; }

    internal uint Flags { get; set; }

    internal string Name { get; set; } = string.Empty;

    internal string? Kind { get; set; }

    internal string? SlaveKind { get; set; }

    internal string? Address { get; set; }

    internal string? PermanentAddress { get; set; }

    internal uint Mtu { get; set; }

    internal uint? MinMtu { get; set; }

    internal uint? MaxMtu { get; set; }

    /// <summary>IFLA_LINK: the lower device of a macvlan, the peer of a veth end.</summary>
    internal int? LinkIndex { get; set; }

    /// <summary>The id, as seen from here, of the namespace where <see cref="LinkIndex"/> counts.</summary>
    internal int? LinkNamespaceId { get; set; }

    internal int? MasterIndex { get; set; }

    internal uint TransmitQueueLength { get; set; }

    internal string? QueueDiscipline { get; set; }

    internal OperationalStatus OperationalStatus { get; set; }

    internal uint Group { get; set; }

    internal uint Promiscuity { get; set; }

    internal uint? AllMulticast { get; set; }

    internal uint TransmitQueueCount { get; set; }

    internal uint ReceiveQueueCount { get; set; }

    internal bool? Carrier { get; set; }

    internal uint CarrierChanges { get; set; }

    internal string? Alias { get; set; }

    internal string[] AlternativeNames { get; set; } = [];

    internal AddressGeneration? AddressGeneration { get; set; }

    internal bool? ProtocolDown { get; set; }

    internal LinkStatistics? Statistics { get; set; }

    internal MacvlanFacts? Macvlan { get; set; }

    internal TunFacts? Tun { get; set; }

    internal BridgeFacts? Bridge { get; set; }

    internal BridgePortFacts? Port { get; set; }

    /// <summary>The bytes of IFLA_INFO_DATA where the kind is not one that this library decodes.</summary>
    internal byte[]? UnknownKindData { get; set; }

    /// <summary>A link that goes to another namespace: the id of that one as seen from here; the kernel sends -1 where it has none.</summary>
    internal int? NewNamespaceId { get; set; }

    /// <summary>A link that goes to another namespace: its index there.</summary>
    internal int? NewIndex { get; set; }

    /// <summary>Not a description of the link: an announcement of a wireless driver that has only the name.</summary>
    internal bool IsPartial { get; set; }

    /// <summary>A length inside the message did not fit; what could be read is here.</summary>
    internal bool IsMalformed { get; set; }

    /// <summary>The same link with other bridge-port facts: a message of the bridge (family 7) has these, and too little of the rest.</summary>
    /// <param name="port">The facts; null for a link that is no port.</param>
    /// <param name="master">The index of the bridge.</param>
    internal LinkRecord WithPort(BridgePortFacts? port, int? master)
    {
        var copy = (LinkRecord)MemberwiseClone();
        copy.Port = port;
        copy.SlaveKind = port is null ? null : BridgePortCodec.SlaveKind;
        copy.MasterIndex = master;
        return copy;
    }

    /// <summary>Takes what stands behind the broken place of a malformed message from an earlier record: rtnl_fill_ifinfo writes these after IFLA_LINKINFO.</summary>
    internal void CompleteFrom(LinkRecord earlier)
    {
        if (!IsMalformed) return;
        LinkIndex ??= earlier.LinkIndex;
        LinkNamespaceId ??= earlier.LinkNamespaceId;
        PermanentAddress ??= earlier.PermanentAddress;
        AddressGeneration ??= earlier.AddressGeneration;
        if (AlternativeNames.Length == 0) AlternativeNames = earlier.AlternativeNames;
    }
}
