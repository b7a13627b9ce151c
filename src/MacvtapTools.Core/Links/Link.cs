using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A network link as the kernel described it at one moment. Kinds that this library knows have classes of their own.</summary>
public class Link
{
    private readonly LinkNames _names;

    internal Link(LinkRecord record, in LinkNames names)
    {
        Record = record;
        _names = names;
    }

    /// <summary>The interface name, up to 15 bytes.</summary>
    public string Name => Record.Name;

    /// <summary>The interface index: unique in its network namespace, and only there.</summary>
    public int InterfaceIndex => Record.Index;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>The kernel's name of the kind ("macvtap", "veth", "bridge"); null for physical devices and the loopback.</summary>
    public string? Kind => Record.Kind;

    /// <summary>Whether frames can pass, and if not why.</summary>
    public LinkStatus Status
    {
        get
        {
            if (AdministrativeStatus == AdministrativeStatus.Down) return LinkStatus.Down;
            return OperationalStatus switch
            {
                OperationalStatus.LowerLayerDown => LinkStatus.LowerLayerDown,
                OperationalStatus.Dormant => LinkStatus.Dormant,
                OperationalStatus.Up => LinkStatus.Up,
                _ => (Record.Flags & RtnetlinkConstants.IFF_LOWER_UP) != 0 ? LinkStatus.Up : LinkStatus.NoCarrier,
            };
        }
    }

    /// <summary>The largest packet, in bytes, without the Ethernet header.</summary>
    public int Mtu => (int)Record.Mtu;

    /// <summary>The link-layer address as lower-case hex with colons; null where the kind has none.</summary>
    public string? MacAddress => Record.Address;

    /// <summary>The name of the lower device; null where there is none or it lives in a namespace that cannot be looked into.</summary>
    public virtual string? LowerDevice => _names.LowerDevice;

    /// <summary>The interface index of the lower device, in the namespace that <see cref="LowerDeviceNamespaceId"/> tells; null where there is none.</summary>
    public virtual int? LowerDeviceIndex => LinkedIndex == Record.Index && LowerDeviceNamespaceId is null ? null : LinkedIndex;

    /// <summary>The kernel's id for the namespace of the lower device, as seen from this link's; null where it is the same one.</summary>
    public int? LowerDeviceNamespaceId => Record.LinkNamespaceId;

    /// <summary>
    /// The namespace of the lower device where that is another one than this link's: its registered name, or a path where it is the caller's own. Null where it is the
    /// same one, and where it could not be found.
    /// </summary>
    public virtual string? LowerDeviceNamespace => LinkedNamespace;

    /// <summary>The name of the bridge, bond or VRF that this link belongs to.</summary>
    public string? Master => _names.Master;

    /// <summary>The interface index of <see cref="Master"/>.</summary>
    public int? MasterIndex => Record.MasterIndex;

    /// <summary>The network namespace as it was named when the link was read (a name, a path or a process id); null for the current one.</summary>
    public string? NetworkNamespace => _names.NetworkNamespace;

    /// <summary>Whether the link is switched on.</summary>
    public AdministrativeStatus AdministrativeStatus => (AdministrativeStatus)(Record.Flags & RtnetlinkConstants.IFF_UP);

    /// <summary>The operational state (RFC 2863).</summary>
    public OperationalStatus OperationalStatus => Record.OperationalStatus;

    /// <summary>Whether there is a carrier; null where the kernel does not say.</summary>
    public bool? Carrier => Record.Carrier;

    /// <summary>The interface flags.</summary>
    public InterfaceFlag Flags => (InterfaceFlag)Record.Flags;

    /// <summary>How many packets may wait to be sent. For a macvtap also how many frames may wait for a reader: 0 drops everything.</summary>
    public int TransmitQueueLength => (int)Record.TransmitQueueLength;

    /// <summary>What orders the packets that wait to be sent (qdisc): noqueue, pfifo_fast, fq_codel and others; noop while the link was never on. Null where the kernel does not say.</summary>
    public string? QueueDiscipline => Record.QueueDiscipline;

    /// <summary>Free text that the user gave the link.</summary>
    public string? Alias => Record.Alias;

    /// <summary>Other names that the link answers to, up to 127 bytes each.</summary>
    public IReadOnlyList<string> AlternativeName => Record.AlternativeNames;

    /// <summary>The number of the link group, for operations on many links; 0 is the default group.</summary>
    public int Group => (int)Record.Group;

    /// <summary>How many users asked for promiscuous mode.</summary>
    public long Promiscuity => Record.Promiscuity;

    /// <summary>How many users asked for every multicast.</summary>
    public long AllMulticast => Record.AllMulticast ?? ((Record.Flags & RtnetlinkConstants.IFF_ALLMULTI) != 0 ? 1L : 0L);

    /// <summary>The smallest MTU that the device takes, in bytes; null where the kernel does not say.</summary>
    public long? MinMtu => Record.MinMtu;

    /// <summary>The largest MTU that the device takes, in bytes; null where it sets no limit (the kernel sends 0) or the kernel does not say. A macvtap's is limited by its lower device's MTU besides.</summary>
    public long? MaxMtu => Record.MaxMtu is > 0 ? Record.MaxMtu : null;

    /// <summary>The address that the hardware came with.</summary>
    public string? PermanentMacAddress => Record.PermanentAddress;

    /// <summary>How the host makes IPv6 addresses on the link; null where it has no IPv6.</summary>
    public AddressGeneration? AddressGeneration => Record.AddressGeneration;

    /// <summary>Whether the link is held down by software above it (protodown); null where the kind cannot be.</summary>
    public bool? ProtocolDown => Record.ProtocolDown;

    /// <summary>How many transmit queues the link has.</summary>
    public int QueueCount => (int)Record.TransmitQueueCount;

    /// <summary>The counters at the moment of reading; null where they were not asked for.</summary>
    public LinkStatistics? Statistics => Record.Statistics;

    /// <summary>The bytes of the kind's own data where this library does not know the kind.</summary>
    public byte[]? UnknownKindData => Record.UnknownKindData;

    internal LinkRecord Record { get; }

    /// <summary>The name of what IFLA_LINK points to, whatever the kind makes of it.</summary>
    internal string? LinkedName => _names.LowerDevice;

    /// <summary>The namespace of what IFLA_LINK points to.</summary>
    internal string? LinkedNamespace => _names.LowerDeviceNamespace;

    /// <summary>What IFLA_LINK points to; the kernel sends 0 where there is nothing (a veth end that lost its peer, a tunnel on no device).</summary>
    internal int? LinkedIndex => Record.LinkIndex is > 0 ? Record.LinkIndex : null;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>A command about this link, for an advice: it names the link so that it is this one wherever it is typed.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="rest">The other arguments.</param>
    internal string Command(string command, string? rest = null) => CommandText.For(command, Name, NetworkNamespace, rest);

    /// <summary>Makes the object of the right class for a record.</summary>
    internal static Link From(LinkRecord record, in LinkNames names) => record switch
    {
        { Kind: MacvlanSettings.Macvtap, Macvlan: not null } => new MacvtapLink(record, names),
        { Macvlan: not null } => new MacvlanLink(record, names),
        { Tun: not null } => new TapLink(record, names),
        { Kind: VethSettings.Veth } => new VethLink(record, names),
        { Bridge: not null } => new BridgeLink(record, names),
        { Kind: null, IsMalformed: false } when (record.Flags & (uint)InterfaceFlag.Loopback) == 0 => new PhysicalLink(record, names),
        _ => new Link(record, names),
    };
}
