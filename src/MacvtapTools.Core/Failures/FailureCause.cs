namespace MacvtapTools.Failures;

/// <summary>
/// The closed list of why something was refused: one level below <see cref="FailureId"/>, which says what failed. Names and numbers never change; a new cause goes
/// to the end of its group. Each group has a hundred numbers: 0 general, 100 rights, 200 the kernel and the host, 300 names and indexes, 400 the lower device,
/// 500 modes, 600 MAC addresses, 700 MTU, 800 other values, 900 bridge ports, 1000 namespaces, 1100 the link itself, 1200 IP.
/// </summary>
public enum FailureCause
{
    /// <summary>The error id says all there is to say.</summary>
    None = 0,

    /// <summary>The kernel refused, and nothing that can be seen from here explains it. Nothing is guessed.</summary>
    Unexplained = 1,

    /// <summary>The kernel did not answer in time, or not wholly.</summary>
    NoAnswer = 2,

    /// <summary>The kernel acknowledges the value and has another one.</summary>
    ValueNotTaken = 3,

    /// <summary>The caller lacks CAP_NET_ADMIN (or CAP_SYS_ADMIN to enter the namespace).</summary>
    CapabilityMissing = 100,

    /// <summary>The caller lacks CAP_NET_ADMIN in one of the two network namespaces that are involved.</summary>
    CapabilityMissingInEither = 101,

    /// <summary>/dev/net/tun may not be opened.</summary>
    TunDeviceNotAllowed = 102,

    /// <summary>The user namespace knows no such user or group.</summary>
    AccountNotMapped = 103,

    /// <summary>/proc/sys is mounted read-only.</summary>
    SettingsReadOnly = 104,

    /// <summary>The kernel has no driver for the kind, or may not load it.</summary>
    KindMissing = 200,

    /// <summary>There is no tun/tap driver, or no node for it.</summary>
    TunDriverMissing = 201,

    /// <summary>The kernel, or the link, has no IPv6.</summary>
    IPv6Missing = 202,

    /// <summary>The MTU is below the 1280 bytes that IPv6 needs.</summary>
    MtuTooSmallForIPv6 = 203,

    /// <summary>IPv6 is switched off on the link.</summary>
    IPv6SwitchedOff = 204,

    /// <summary>The kernel had no memory for it.</summary>
    MemoryExhausted = 205,

    /// <summary>The MTU is below the 68 bytes that IPv4 needs.</summary>
    MtuTooSmallForIPv4 = 206,

    /// <summary>The transmit queue is longer than the ring that the kernel can make for it.</summary>
    TransmitQueueTooLong = 207,

    /// <summary>The kernel takes no such name.</summary>
    NameInvalid = 300,

    /// <summary>A link has that name.</summary>
    NameTaken = 301,

    /// <summary>A link has that name as an alternative name.</summary>
    AlternativeNameTaken = 302,

    /// <summary>A link has that interface index.</summary>
    IndexTaken = 303,

    /// <summary>The link has no such alternative name.</summary>
    AlternativeNameMissing = 304,

    /// <summary>There is no such lower device, or it is gone.</summary>
    LowerDeviceMissing = 400,

    /// <summary>The lower device is the loopback.</summary>
    LowerDeviceIsLoopback = 401,

    /// <summary>The lower device is not Ethernet.</summary>
    LowerDeviceNotEthernet = 402,

    /// <summary>The lower device is a port of a bridge.</summary>
    LowerDeviceIsBridgePort = 403,

    /// <summary>The lower device belongs to a bond, a team or Open vSwitch.</summary>
    LowerDeviceHasMaster = 404,

    /// <summary>The lower device hands its frames to something else: ipvlan, or what cannot be seen.</summary>
    LowerDeviceTakenOver = 405,

    /// <summary>The lower device is wireless: access points drop frames of addresses that did not associate, and a station cannot be a bridge port.</summary>
    Wireless = 406,

    /// <summary>The lower device is switched off.</summary>
    LowerDeviceDown = 407,

    /// <summary>A passthru link has the lower device for itself.</summary>
    PassthruOwner = 408,

    /// <summary>A passthru link was asked for, and the lower device has links.</summary>
    PassthruNotAlone = 409,

    /// <summary>A link of a network namespace that cannot be looked into is in the way of, or is, a passthru link.</summary>
    PassthruUnseen = 410,

    /// <summary>There is no such mode.</summary>
    ModeInvalid = 500,

    /// <summary>There is no such flag.</summary>
    ModeFlagInvalid = 501,

    /// <summary>The kernel changes no link to or from passthru.</summary>
    PassthruIsFixed = 502,

    /// <summary>Only the mode Source has source addresses.</summary>
    NotInSourceMode = 503,

    /// <summary>A defect of some kernels: the lower device's promiscuity would be, or was, counted below zero.</summary>
    PromiscuityDefect = 504,

    /// <summary>No link can have that MAC address (zero, multicast, or no address at all).</summary>
    MacAddressUnusable = 600,

    /// <summary>The lower device has that MAC address.</summary>
    MacAddressOfLowerDevice = 601,

    /// <summary>Another link of the lower device has that MAC address and is on.</summary>
    MacAddressOfSibling = 602,

    /// <summary>A link of a network namespace that cannot be looked into has that MAC address.</summary>
    MacAddressOfUnseenLink = 603,

    /// <summary>The driver changes the MAC address only while the link is off.</summary>
    MacAddressFixedWhileUp = 604,

    /// <summary>Such a link has no MAC address that could be changed.</summary>
    MacAddressNotChangeable = 605,

    /// <summary>The MTU is above that of the lower device.</summary>
    MtuAboveLowerDevice = 700,

    /// <summary>The MTU is below or above what the device takes.</summary>
    MtuOutOfRange = 701,

    /// <summary>The value is of a kind or size that the kernel does not take.</summary>
    ValueInvalid = 800,

    /// <summary>No such number of queues.</summary>
    QueueCountOutOfRange = 801,

    /// <summary>An alias has at most 255 bytes.</summary>
    AliasTooLong = 802,

    /// <summary>There is no such way to generate addresses.</summary>
    AddressGenerationInvalid = 803,

    /// <summary>Stable private addresses need a secret.</summary>
    StableSecretMissing = 804,

    /// <summary>Such a link cannot be held down by protodown.</summary>
    ProtocolDownMissing = 805,

    /// <summary>Such a link keeps no list of addresses to let in.</summary>
    AddressListMissing = 806,

    /// <summary>A macvtap cannot be a bridge port.</summary>
    MacvtapAsPort = 900,

    /// <summary>The link is a lower device, and cannot be a bridge port.</summary>
    PortIsLowerDevice = 901,

    /// <summary>Something else takes the frames of the link.</summary>
    PortTakenOver = 902,

    /// <summary>A bridge cannot be a port of a bridge.</summary>
    BridgeAsPort = 903,

    /// <summary>The link is above the bridge: it would be a loop.</summary>
    PortAboveBridge = 904,

    /// <summary>The loopback, or a link that is not Ethernet, cannot be a bridge port.</summary>
    PortNotEthernet = 905,

    /// <summary>The device does not allow it.</summary>
    PortNotAllowed = 906,

    /// <summary>That link takes no ports: it is no bridge, bond or VRF.</summary>
    MasterTakesNoPorts = 907,

    /// <summary>The link is no port of a bridge.</summary>
    NotBridgePort = 908,

    /// <summary>The bridge port takes no such value.</summary>
    PortValueInvalid = 909,

    /// <summary>MAC authentication bypass needs a port that is locked and learns.</summary>
    PortNotLocked = 910,

    /// <summary>The port, or its bridge, is off or has no carrier.</summary>
    PortDown = 911,

    /// <summary>The kernel runs the spanning tree itself.</summary>
    SpanningTreeRuns = 912,

    /// <summary>The backup port is not a port of the same bridge.</summary>
    BackupPortElsewhere = 913,

    /// <summary>The bridge takes no such value.</summary>
    BridgeValueInvalid = 914,

    /// <summary>There is no such network namespace.</summary>
    NamespaceMissing = 1000,

    /// <summary>Links of this kind cannot leave their namespace.</summary>
    NamespaceFixed = 1001,

    /// <summary>There is no such link, or it is gone.</summary>
    LinkMissing = 1100,

    /// <summary>The link is of another kind.</summary>
    KindDiffers = 1101,

    /// <summary>The link is on, and this kernel wants it off.</summary>
    LinkIsUp = 1102,

    /// <summary>The link is off.</summary>
    LinkIsDown = 1103,

    /// <summary>Such a link cannot be removed.</summary>
    NotRemovable = 1104,

    /// <summary>The link is in use.</summary>
    LinkInUse = 1105,

    /// <summary>The link has that address, or lets that group in, already.</summary>
    AddressPresent = 1200,

    /// <summary>The link does not have that address, or does not let that group in.</summary>
    AddressMissing = 1201,

    /// <summary>No link can have that address.</summary>
    AddressUnusable = 1202,

    /// <summary>There is such a route already.</summary>
    RoutePresent = 1203,

    /// <summary>There is no such route.</summary>
    RouteMissing = 1204,

    /// <summary>The gateway is in no network of the link.</summary>
    GatewayUnreachable = 1205,

    /// <summary>The preferred source is no address of this host.</summary>
    SourceNotOurs = 1206,

    /// <summary>There is no such setting.</summary>
    SettingMissing = 1207,
}
