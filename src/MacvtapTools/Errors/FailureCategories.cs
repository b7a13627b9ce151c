using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Errors;

/// <summary>All error ids and their categories, on one page.</summary>
internal static class FailureCategories
{
    /// <summary>The category of a failure.</summary>
    internal static ErrorCategory Of(FailureId id) => id switch
    {
        FailureId.LinkNotFound or FailureId.LowerDeviceNotFound or FailureId.NetworkNamespaceNotFound or FailureId.TapDeviceNotFound or FailureId.AddressNotFound or FailureId.RouteNotFound or FailureId.CaptureFileNotFound => ErrorCategory.ObjectNotFound,
        FailureId.LinkExists or FailureId.NetworkNamespaceExists or FailureId.AddressExists or FailureId.RouteExists or FailureId.CaptureFileExists => ErrorCategory.ResourceExists,
        FailureId.LinkBusy or FailureId.LowerDeviceBusy or FailureId.MacAddressInUse => ErrorCategory.ResourceBusy,
        FailureId.LinkDown => ErrorCategory.ResourceUnavailable,
        FailureId.AccessDenied => ErrorCategory.PermissionDenied,
        FailureId.LinkNameInvalid or FailureId.MacAddressInvalid or FailureId.AddressInvalid or FailureId.MtuOutOfRange or FailureId.LowerDeviceUnsuitable or FailureId.ParameterInvalid or FailureId.VnetHeaderSizeInvalid or FailureId.FrameInvalid => ErrorCategory.InvalidArgument,
        FailureId.ModeChangeNotAllowed or FailureId.PassthruConflict or FailureId.TapQueueModeMismatch or FailureId.TapEndpointClosed => ErrorCategory.InvalidOperation,
        FailureId.NotMacvlanLink or FailureId.NotMacvtapLink or FailureId.NotBridgePort or FailureId.NotBridgeLink => ErrorCategory.InvalidType,
        FailureId.KindNotSupported => ErrorCategory.NotInstalled,
        FailureId.TapDeviceShadowed or FailureId.TapDeviceMismatch => ErrorCategory.SecurityError,
        FailureId.CaptureFileInvalid => ErrorCategory.InvalidData,
        FailureId.CaptureFileFailed => ErrorCategory.WriteError,
        FailureId.DumpInterrupted => ErrorCategory.ReadError,
        FailureId.NetlinkTimeout or FailureId.TapDeviceTimeout => ErrorCategory.OperationTimeout,
        FailureId.NetlinkProtocolError => ErrorCategory.ProtocolError,
        FailureId.ReadBackMismatch => ErrorCategory.InvalidResult,
        FailureId.PlatformNotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
