namespace MacvtapTools.Failures;

/// <summary>
/// The closed list of what can go wrong. The names are the error ids that a shell shows, and programs keep the numbers: neither ever changes.
/// Each group has a hundred numbers: 0 anything else, 100 not found, 200 exists already, 300 in use, 400 not allowed to the caller, 500 a value that cannot be taken,
/// 600 not possible as things are, 700 of another kind, 800 not in this kernel or on this host, 900 unsafe, 1000 not wholly read, 1100 not in time,
/// 1200 not understood, 1300 not done although acknowledged, 1400 another system. A new id goes to the end of its group with the next number, and
/// into tests/Core.Tests/data/failure-ids.txt; a number that was given is never given again.
/// </summary>
public enum FailureId
{
    /// <summary>The kernel refused in a way that has no id of its own yet; the errno tells more.</summary>
    KernelError = 0,

    /// <summary>There is no link of that name or index.</summary>
    LinkNotFound = 100,

    /// <summary>There is no link that could be the lower device.</summary>
    LowerDeviceNotFound = 101,

    /// <summary>There is no such network namespace.</summary>
    NetworkNamespaceNotFound = 102,

    /// <summary>The link has no tap device, or its node is not there.</summary>
    TapDeviceNotFound = 103,

    /// <summary>The link has no such address, or lets no such group in.</summary>
    AddressNotFound = 104,

    /// <summary>There is no such route.</summary>
    RouteNotFound = 105,

    /// <summary>There is no program of that name or path.</summary>
    ProgramNotFound = 106,

    /// <summary>The running QEMU has no such network device.</summary>
    QemuDeviceNotFound = 107,

    /// <summary>There is no such user or group.</summary>
    AccountNotFound = 108,

    /// <summary>The node gives that user or group nothing that could be taken back.</summary>
    TapAccessNotFound = 109,

    /// <summary>There is no such capture file, or no folder for it.</summary>
    CaptureFileNotFound = 110,

    /// <summary>The link has no protection of this module.</summary>
    ProtectionNotFound = 111,

    /// <summary>This process has no relay of that link.</summary>
    TapRelayNotFound = 112,

    /// <summary>A link of that name or index exists already.</summary>
    LinkExists = 200,

    /// <summary>A network namespace of that name exists already.</summary>
    NetworkNamespaceExists = 201,

    /// <summary>The link has that address, or lets that group in, already.</summary>
    AddressExists = 202,

    /// <summary>Such a route exists already.</summary>
    RouteExists = 203,

    /// <summary>The running QEMU has a device or a network backend of that id already.</summary>
    QemuDeviceExists = 204,

    /// <summary>Something else is where the node was to be made.</summary>
    TapNodeExists = 205,

    /// <summary>The capture file exists already.</summary>
    CaptureFileExists = 206,

    /// <summary>The file exists already.</summary>
    FileExists = 207,

    /// <summary>Something is at the path of the socket already.</summary>
    SocketExists = 208,

    /// <summary>The link is in use in a way that forbids the change.</summary>
    LinkBusy = 300,

    /// <summary>The lower device belongs to something else: a bridge, a bond, Open vSwitch.</summary>
    LowerDeviceBusy = 301,

    /// <summary>Another link of the same lower device has that MAC address.</summary>
    MacAddressInUse = 302,

    /// <summary>The link is switched off, so nothing can be sent.</summary>
    LinkDown = 303,

    /// <summary>The relay's other end was given to a program already.</summary>
    TapRelayBusy = 304,

    /// <summary>The caller lacks a capability.</summary>
    AccessDenied = 400,

    /// <summary>The file is no program that the caller may run.</summary>
    ProgramNotExecutable = 401,

    /// <summary>The kernel would not take that name.</summary>
    LinkNameInvalid = 500,

    /// <summary>Not a MAC address, or not one that a link may have.</summary>
    MacAddressInvalid = 501,

    /// <summary>Not an IP address, not a prefix, or not one that can be used there.</summary>
    AddressInvalid = 502,

    /// <summary>The MTU is below or above what the device allows.</summary>
    MtuOutOfRange = 503,

    /// <summary>That link can never be a lower device: loopback, or not Ethernet.</summary>
    LowerDeviceUnsuitable = 504,

    /// <summary>A parameter has a value that the kernel does not take.</summary>
    ParameterInvalid = 505,

    /// <summary>An argument has a placeholder that cannot be filled in.</summary>
    PlaceholderInvalid = 506,

    /// <summary>There is no vnet header of that size, or the endpoint has no vnet header.</summary>
    VnetHeaderSizeInvalid = 507,

    /// <summary>It is no XML as libvirt writes it.</summary>
    LibvirtXmlInvalid = 508,

    /// <summary>Not the bytes of an Ethernet frame.</summary>
    FrameInvalid = 509,

    /// <summary>The file is no capture file, or damaged, or its frames are not Ethernet.</summary>
    CaptureFileInvalid = 510,

    /// <summary>The kernel changes no link to or from passthru.</summary>
    ModeChangeNotAllowed = 600,

    /// <summary>A passthru link must be alone on its lower device.</summary>
    PassthruConflict = 601,

    /// <summary>The link's queues are of another mode: single instead of several, with another header, or tun instead of tap.</summary>
    TapQueueModeMismatch = 602,

    /// <summary>The endpoint was closed.</summary>
    TapEndpointClosed = 603,

    /// <summary>QEMU refused what it was asked.</summary>
    QemuRefused = 604,

    /// <summary>The Open vSwitch bridge does not switch in a way that hairpin could be added to.</summary>
    OpenVswitchUnsuitable = 605,

    /// <summary>libvirt has no way to describe it.</summary>
    LibvirtUnsupported = 606,

    /// <summary>User-mode Linux cannot use the link so.</summary>
    UmlUnsupported = 607,

    /// <summary>The relay has ended.</summary>
    TapRelayEnded = 608,

    /// <summary>The link is not a macvlan or macvtap.</summary>
    NotMacvlanLink = 700,

    /// <summary>The link is not a macvtap.</summary>
    NotMacvtapLink = 701,

    /// <summary>The link is not the port of a bridge.</summary>
    NotBridgePort = 702,

    /// <summary>The link is not a bridge.</summary>
    NotBridgeLink = 703,

    /// <summary>The kernel has no driver for that kind of link.</summary>
    KindNotSupported = 800,

    /// <summary>Open vSwitch is not on this host, or a program of it is missing.</summary>
    OpenVswitchNotInstalled = 801,

    /// <summary>The file system of the node keeps no access lists.</summary>
    AccessListNotSupported = 802,

    /// <summary>The kernel has no classic BPF filters on links (cls_bpf), or no hook to put them on (clsact).</summary>
    ProtectionNotSupported = 803,

    /// <summary>The node's path leads to another link's tap device.</summary>
    TapDeviceShadowed = 900,

    /// <summary>The node is not the tap device that it should be.</summary>
    TapDeviceMismatch = 901,

    /// <summary>The node was not made by Repair-TapDevice, or not by it alone.</summary>
    TapNodeNotOurs = 902,

    /// <summary>Device nodes cannot be used, or not be trusted, in that directory.</summary>
    TapNodeDirectoryUnusable = 903,

    /// <summary>Access for everybody was asked for, and not insisted on.</summary>
    WorldAccessRefused = 904,

    /// <summary>The kernel's list of links kept changing while it was read.</summary>
    DumpInterrupted = 1000,

    /// <summary>The capture file could not be read or written to its end.</summary>
    CaptureFileFailed = 1001,

    /// <summary>The file could not be written.</summary>
    FileWriteFailed = 1002,

    /// <summary>The kernel did not answer in time.</summary>
    NetlinkTimeout = 1100,

    /// <summary>A tap device did not become ready in time.</summary>
    TapDeviceTimeout = 1101,

    /// <summary>QEMU, or the guest in it, did not do in time what it was asked.</summary>
    QemuTimeout = 1102,

    /// <summary>A program of Open vSwitch did not end in time.</summary>
    OpenVswitchTimeout = 1103,

    /// <summary>The program did not end in time.</summary>
    ProgramTimeout = 1104,

    /// <summary>The kernel's answer could not be understood.</summary>
    NetlinkProtocolError = 1200,

    /// <summary>What is behind the socket does not speak QMP as QEMU does.</summary>
    QemuProtocolError = 1201,

    /// <summary>Open vSwitch refused, or could not be asked.</summary>
    OpenVswitchError = 1202,

    /// <summary>The kernel acknowledged a change and did not make it.</summary>
    ReadBackMismatch = 1300,

    /// <summary>The program ended with a failure as soon as it was started.</summary>
    ProgramFailed = 1301,

    /// <summary>There is no QEMU behind the socket, or it went away.</summary>
    QemuNotReachable = 1302,

    /// <summary>This is not Linux.</summary>
    PlatformNotSupported = 1400,
}
