namespace MacvtapTools.Failures;

/// <summary>The cause that goes without saying: of a failure that was found before the kernel was asked, or whose id leaves no choice.</summary>
internal static class FailureCauses
{
    /// <summary>The cause of an id where none was told.</summary>
    internal static FailureCause Of(FailureId id) => id switch
    {
        FailureId.KernelError => FailureCause.Unexplained,
        FailureId.LinkNotFound => FailureCause.LinkMissing,
        FailureId.LowerDeviceNotFound => FailureCause.LowerDeviceMissing,
        FailureId.NetworkNamespaceNotFound => FailureCause.NamespaceMissing,
        FailureId.AddressNotFound => FailureCause.AddressMissing,
        FailureId.RouteNotFound => FailureCause.RouteMissing,
        FailureId.LinkExists => FailureCause.NameTaken,
        FailureId.AddressExists => FailureCause.AddressPresent,
        FailureId.RouteExists => FailureCause.RoutePresent,
        FailureId.LinkDown => FailureCause.LinkIsDown,
        FailureId.AccessDenied => FailureCause.CapabilityMissing,
        FailureId.LinkNameInvalid => FailureCause.NameInvalid,
        FailureId.MacAddressInvalid => FailureCause.MacAddressUnusable,
        FailureId.AddressInvalid => FailureCause.AddressUnusable,
        FailureId.MtuOutOfRange => FailureCause.MtuOutOfRange,
        FailureId.ParameterInvalid => FailureCause.ValueInvalid,
        FailureId.NotMacvlanLink or FailureId.NotMacvtapLink or FailureId.NotBridgeLink => FailureCause.KindDiffers,
        FailureId.NotBridgePort => FailureCause.NotBridgePort,
        FailureId.KindNotSupported => FailureCause.KindMissing,
        FailureId.DumpInterrupted or FailureId.NetlinkTimeout or FailureId.NetlinkProtocolError => FailureCause.NoAnswer,
        FailureId.ReadBackMismatch => FailureCause.ValueNotTaken,
        _ => FailureCause.None,
    };
}
