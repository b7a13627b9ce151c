using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Errors;

/// <summary>All error ids and their categories, on one page.</summary>
internal static class FailureCategories
{
    /// <summary>The category of a failure.</summary>
    internal static ErrorCategory Of(FailureId id) => id switch
    {
        FailureId.AccountNotFound => ErrorCategory.ObjectNotFound,
        FailureId.AddressNotFound => ErrorCategory.ObjectNotFound,
        FailureId.CaptureFileNotFound => ErrorCategory.ObjectNotFound,
        FailureId.LinkNotFound => ErrorCategory.ObjectNotFound,
        FailureId.LowerDeviceNotFound => ErrorCategory.ObjectNotFound,
        FailureId.NetworkNamespaceNotFound => ErrorCategory.ObjectNotFound,
        FailureId.ProgramNotFound => ErrorCategory.ObjectNotFound,
        FailureId.ProtectionNotFound => ErrorCategory.ObjectNotFound,
        FailureId.QemuDeviceNotFound => ErrorCategory.ObjectNotFound,
        FailureId.RouteNotFound => ErrorCategory.ObjectNotFound,
        FailureId.TapAccessNotFound => ErrorCategory.ObjectNotFound,
        FailureId.TapDeviceNotFound => ErrorCategory.ObjectNotFound,
        FailureId.TapRelayNotFound => ErrorCategory.ObjectNotFound,

        FailureId.AddressExists => ErrorCategory.ResourceExists,
        FailureId.CaptureFileExists => ErrorCategory.ResourceExists,
        FailureId.FileExists => ErrorCategory.ResourceExists,
        FailureId.LinkExists => ErrorCategory.ResourceExists,
        FailureId.NetworkNamespaceExists => ErrorCategory.ResourceExists,
        FailureId.QemuDeviceExists => ErrorCategory.ResourceExists,
        FailureId.RouteExists => ErrorCategory.ResourceExists,
        FailureId.SocketExists => ErrorCategory.ResourceExists,
        FailureId.TapNodeExists => ErrorCategory.ResourceExists,

        FailureId.LinkBusy => ErrorCategory.ResourceBusy,
        FailureId.LowerDeviceBusy => ErrorCategory.ResourceBusy,
        FailureId.MacAddressInUse => ErrorCategory.ResourceBusy,
        FailureId.TapRelayBusy => ErrorCategory.ResourceBusy,

        FailureId.LinkDown => ErrorCategory.ResourceUnavailable,
        FailureId.TapNodeDirectoryUnusable => ErrorCategory.ResourceUnavailable,

        FailureId.AccessDenied => ErrorCategory.PermissionDenied,
        FailureId.ProgramNotExecutable => ErrorCategory.PermissionDenied,

        FailureId.AddressInvalid => ErrorCategory.InvalidArgument,
        FailureId.FrameInvalid => ErrorCategory.InvalidArgument,
        FailureId.LinkNameInvalid => ErrorCategory.InvalidArgument,
        FailureId.LowerDeviceUnsuitable => ErrorCategory.InvalidArgument,
        FailureId.MacAddressInvalid => ErrorCategory.InvalidArgument,
        FailureId.MtuOutOfRange => ErrorCategory.InvalidArgument,
        FailureId.ParameterInvalid => ErrorCategory.InvalidArgument,
        FailureId.PlaceholderInvalid => ErrorCategory.InvalidArgument,
        FailureId.VnetHeaderSizeInvalid => ErrorCategory.InvalidArgument,

        FailureId.LibvirtUnsupported => ErrorCategory.InvalidOperation,
        FailureId.ModeChangeNotAllowed => ErrorCategory.InvalidOperation,
        FailureId.OpenVswitchUnsuitable => ErrorCategory.InvalidOperation,
        FailureId.PassthruConflict => ErrorCategory.InvalidOperation,
        FailureId.QemuRefused => ErrorCategory.InvalidOperation,
        FailureId.TapEndpointClosed => ErrorCategory.InvalidOperation,
        FailureId.TapQueueModeMismatch => ErrorCategory.InvalidOperation,
        FailureId.TapRelayEnded => ErrorCategory.InvalidOperation,
        FailureId.UmlUnsupported => ErrorCategory.InvalidOperation,

        FailureId.NotBridgeLink => ErrorCategory.InvalidType,
        FailureId.NotBridgePort => ErrorCategory.InvalidType,
        FailureId.NotMacvlanLink => ErrorCategory.InvalidType,
        FailureId.NotMacvtapLink => ErrorCategory.InvalidType,

        FailureId.AccessListNotSupported => ErrorCategory.NotInstalled,
        FailureId.KindNotSupported => ErrorCategory.NotInstalled,
        FailureId.OpenVswitchNotInstalled => ErrorCategory.NotInstalled,
        FailureId.ProtectionNotSupported => ErrorCategory.NotInstalled,

        FailureId.TapDeviceMismatch => ErrorCategory.SecurityError,
        FailureId.TapDeviceShadowed => ErrorCategory.SecurityError,
        FailureId.TapNodeNotOurs => ErrorCategory.SecurityError,
        FailureId.WorldAccessRefused => ErrorCategory.SecurityError,

        FailureId.CaptureFileFailed => ErrorCategory.WriteError,
        FailureId.FileWriteFailed => ErrorCategory.WriteError,

        FailureId.CaptureFileInvalid => ErrorCategory.InvalidData,
        FailureId.LibvirtXmlInvalid => ErrorCategory.InvalidData,

        FailureId.DumpInterrupted => ErrorCategory.ReadError,

        FailureId.NetlinkTimeout => ErrorCategory.OperationTimeout,
        FailureId.OpenVswitchTimeout => ErrorCategory.OperationTimeout,
        FailureId.ProgramTimeout => ErrorCategory.OperationTimeout,
        FailureId.QemuTimeout => ErrorCategory.OperationTimeout,
        FailureId.TapDeviceTimeout => ErrorCategory.OperationTimeout,

        FailureId.NetlinkProtocolError => ErrorCategory.ProtocolError,
        FailureId.QemuProtocolError => ErrorCategory.ProtocolError,

        FailureId.ProgramFailed => ErrorCategory.InvalidResult,
        FailureId.ReadBackMismatch => ErrorCategory.InvalidResult,

        FailureId.OpenVswitchError => ErrorCategory.ConnectionError,
        FailureId.QemuNotReachable => ErrorCategory.ConnectionError,

        FailureId.PlatformNotSupported => ErrorCategory.NotImplemented,

        _ => ErrorCategory.NotSpecified,
    };
}
