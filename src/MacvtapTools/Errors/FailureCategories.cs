using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Errors;

/// <summary>All error ids and their categories, on one page.</summary>
internal static class FailureCategories
{
    /// <summary>The category of a failure.</summary>
    internal static ErrorCategory Of(FailureId id) => id switch
    {
        FailureId.LinkNotFound or FailureId.LowerDeviceNotFound or FailureId.NetworkNamespaceNotFound or FailureId.TapDeviceNotFound or FailureId.AddressNotFound or FailureId.RouteNotFound or FailureId.ProgramNotFound or FailureId.QemuDeviceNotFound => ErrorCategory.ObjectNotFound,
        FailureId.LinkExists or FailureId.NetworkNamespaceExists or FailureId.AddressExists or FailureId.RouteExists or FailureId.QemuDeviceExists => ErrorCategory.ResourceExists,
        FailureId.LinkBusy or FailureId.LowerDeviceBusy or FailureId.MacAddressInUse => ErrorCategory.ResourceBusy,
        FailureId.LinkDown => ErrorCategory.ResourceUnavailable,
        FailureId.AccessDenied or FailureId.ProgramNotExecutable => ErrorCategory.PermissionDenied,
        FailureId.LinkNameInvalid or FailureId.MacAddressInvalid or FailureId.AddressInvalid or FailureId.MtuOutOfRange or FailureId.LowerDeviceUnsuitable or FailureId.ParameterInvalid or FailureId.VnetHeaderSizeInvalid or FailureId.PlaceholderInvalid => ErrorCategory.InvalidArgument,
        FailureId.ModeChangeNotAllowed or FailureId.PassthruConflict or FailureId.TapQueueModeMismatch or FailureId.TapEndpointClosed or FailureId.QemuRefused => ErrorCategory.InvalidOperation,
        FailureId.NotMacvlanLink or FailureId.NotMacvtapLink or FailureId.NotBridgePort or FailureId.NotBridgeLink => ErrorCategory.InvalidType,
        FailureId.KindNotSupported => ErrorCategory.NotInstalled,
        FailureId.TapDeviceShadowed or FailureId.TapDeviceMismatch => ErrorCategory.SecurityError,
        FailureId.DumpInterrupted => ErrorCategory.ReadError,
        FailureId.NetlinkTimeout or FailureId.TapDeviceTimeout or FailureId.ProgramTimeout or FailureId.QemuTimeout => ErrorCategory.OperationTimeout,
        FailureId.NetlinkProtocolError or FailureId.QemuProtocolError => ErrorCategory.ProtocolError,
        FailureId.ReadBackMismatch or FailureId.ProgramFailed => ErrorCategory.InvalidResult,
        FailureId.QemuNotReachable => ErrorCategory.ConnectionError,
        FailureId.PlatformNotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
