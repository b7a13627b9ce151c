namespace MacvtapTools.Failures;

/// <summary>The closed list of what can go wrong. The names are the error ids that a shell shows, so they never change.</summary>
public enum FailureId
{
    /// <summary>The kernel refused in a way that has no id of its own yet; the errno tells more.</summary>
    KernelError,

    /// <summary>There is no link of that name or index.</summary>
    LinkNotFound,

    /// <summary>There is no link that could be the lower device.</summary>
    LowerDeviceNotFound,

    /// <summary>There is no such network namespace.</summary>
    NetworkNamespaceNotFound,

    /// <summary>The link has no tap device, or its node is not there.</summary>
    TapDeviceNotFound,

    /// <summary>The link has no such address, or lets no such group in.</summary>
    AddressNotFound,

    /// <summary>There is no such route.</summary>
    RouteNotFound,

    /// <summary>There is no such capture file, or no folder for it.</summary>
    CaptureFileNotFound,

    /// <summary>A link of that name or index exists already.</summary>
    LinkExists,

    /// <summary>A network namespace of that name exists already.</summary>
    NetworkNamespaceExists,

    /// <summary>The link has that address, or lets that group in, already.</summary>
    AddressExists,

    /// <summary>Such a route exists already.</summary>
    RouteExists,

    /// <summary>The capture file exists already.</summary>
    CaptureFileExists,

    /// <summary>The link is in use in a way that forbids the change.</summary>
    LinkBusy,

    /// <summary>The lower device belongs to something else: a bridge, a bond, Open vSwitch.</summary>
    LowerDeviceBusy,

    /// <summary>Another link of the same lower device has that MAC address.</summary>
    MacAddressInUse,

    /// <summary>The link is switched off, so nothing can be sent.</summary>
    LinkDown,

    /// <summary>The caller lacks a capability.</summary>
    AccessDenied,

    /// <summary>The kernel would not take that name.</summary>
    LinkNameInvalid,

    /// <summary>Not a MAC address, or not one that a link may have.</summary>
    MacAddressInvalid,

    /// <summary>Not an IP address, not a prefix, or not one that can be used there.</summary>
    AddressInvalid,

    /// <summary>The MTU is below or above what the device allows.</summary>
    MtuOutOfRange,

    /// <summary>That link can never be a lower device: loopback, or not Ethernet.</summary>
    LowerDeviceUnsuitable,

    /// <summary>A parameter has a value that the kernel does not take.</summary>
    ParameterInvalid,

    /// <summary>Not the bytes of an Ethernet frame.</summary>
    FrameInvalid,

    /// <summary>The file is no capture file, or damaged, or its frames are not Ethernet.</summary>
    CaptureFileInvalid,

    /// <summary>There is no vnet header of that size, or the endpoint has no vnet header.</summary>
    VnetHeaderSizeInvalid,

    /// <summary>The kernel changes no link to or from passthru.</summary>
    ModeChangeNotAllowed,

    /// <summary>A passthru link must be alone on its lower device.</summary>
    PassthruConflict,

    /// <summary>The link's queues are of another mode: single instead of several, with another header, or tun instead of tap.</summary>
    TapQueueModeMismatch,

    /// <summary>The endpoint was closed.</summary>
    TapEndpointClosed,

    /// <summary>The link is not a macvlan or macvtap.</summary>
    NotMacvlanLink,

    /// <summary>The link is not a macvtap.</summary>
    NotMacvtapLink,

    /// <summary>The link is not the port of a bridge.</summary>
    NotBridgePort,

    /// <summary>The link is not a bridge.</summary>
    NotBridgeLink,

    /// <summary>The kernel has no driver for that kind of link.</summary>
    KindNotSupported,

    /// <summary>The node's path leads to another link's tap device.</summary>
    TapDeviceShadowed,

    /// <summary>The node is not the tap device that it should be.</summary>
    TapDeviceMismatch,

    /// <summary>The kernel's list of links kept changing while it was read.</summary>
    DumpInterrupted,

    /// <summary>The capture file could not be read or written to its end.</summary>
    CaptureFileFailed,

    /// <summary>The kernel did not answer in time.</summary>
    NetlinkTimeout,

    /// <summary>A tap device did not become ready in time.</summary>
    TapDeviceTimeout,

    /// <summary>The kernel's answer could not be understood.</summary>
    NetlinkProtocolError,

    /// <summary>The kernel acknowledged a change and did not make it.</summary>
    ReadBackMismatch,

    /// <summary>This is not Linux.</summary>
    PlatformNotSupported,
}
