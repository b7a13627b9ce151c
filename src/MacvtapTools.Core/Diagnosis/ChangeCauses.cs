using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not change a link.</summary>
internal static class ChangeCauses
{
    /// <summary>A change of mode, flags or source addresses.</summary>
    internal static MacvtapException ExplainMode(KernelException failure, MacvlanLink link, LinkMode mode, bool hasSourceAddress, ModeFlag? flag = null)
    {
        if (failure.Errno == Errno.EOVERFLOW) return Overflow(failure, link);
        if (failure.Errno != Errno.EINVAL) return GeneralCauses.Explain(failure, link);
        if (!Enum.IsDefined(mode))
            return GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.ModeInvalid, $"{(int)mode} is no mode", "Modes are Private, Vepa, Bridge, Passthru and Source.", link);
        if (flag is { } bits && HasUnknownBits(bits)) return NoFlag(failure, bits);
        if (link.Mode == LinkMode.Passthru != (mode == LinkMode.Passthru)) return ModeChangeNotAllowed(link, mode, failure);
        if (hasSourceAddress && mode != LinkMode.Source)
            return GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.NotInSourceMode, "only the mode Source has source addresses", "Use -Mode Source, or leave out -SourceAddress.", link);
        return GeneralCauses.Explain(failure, link);
    }

    /// <summary>Whether there are bits that no flag has.</summary>
    internal static bool HasUnknownBits(ModeFlag flag) => (flag & ~(ModeFlag.NoPromiscuous | ModeFlag.NoDestination)) != 0;

    /// <summary>Bits that no flag has.</summary>
    internal static MacvtapException NoFlag(KernelException failure, ModeFlag flag) =>
        GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.ModeFlagInvalid, $"{(int)flag} is no flag", "Flags are NoPromiscuous and NoDestination.", flag);

    /// <summary>Between passthru and the others there is no change: the kernel sets up the lower device differently when such a link is made.</summary>
    internal static MacvtapException ModeChangeNotAllowed(MacvlanLink link, LinkMode mode, KernelException? failure) => new(
        FailureId.ModeChangeNotAllowed,
        $"{link.Name} cannot go from {link.Mode} to {mode}: the kernel changes no link {(mode == LinkMode.Passthru ? "to" : "from")} passthru.",
        $"Make it anew: {link.Command("Remove-Link")}; {Creation(link)} -Mode {mode}{CommandText.Place(link.NetworkNamespace)}. What has its device open must open it again.",
        link,
        failure)
    {
        Cause = FailureCause.PassthruIsFixed,
        Evidence = [GeneralCauses.Fact(link, nameof(MacvlanLink.Mode), link.Mode)],
    };

    /// <summary>The lower device's promiscuity was counted below zero, so that the kernel cannot count it up again.</summary>
    internal static MacvtapException Overflow(KernelException failure, Link link) => GeneralCauses.Because(
        failure,
        FailureId.ModeChangeNotAllowed,
        FailureCause.PromiscuityDefect,
        $"a defect of this kernel has counted the promiscuity of {link.LowerDevice ?? "the lower device"} below zero, and it cannot be counted up again",
        $"Only making {link.LowerDevice ?? "the lower device"} anew, or a restart, helps. It comes of changing NoPromiscuous while the passthru link is off.",
        link);

    /// <summary>Switching a link on.</summary>
    internal static MacvtapException ExplainUp(KernelException failure, Link link, LinkReader reader)
    {
        if (failure.Errno is not (Errno.EADDRINUSE or Errno.EBUSY) || link is not MacvlanLink { LowerDeviceIndex: { } lower })
            return failure.Errno == Errno.ENETDOWN && link.LowerDevice is { } down
                ? GeneralCauses.Because(failure, FailureId.LowerDeviceUnsuitable, FailureCause.LowerDeviceDown, $"its lower device {down} is switched off", $"{CommandText.For("Enable-Link", down, link.LowerDeviceNamespace ?? link.NetworkNamespace)} first.", link)
                : GeneralCauses.Explain(failure, link);
        return AddressOwner.Explain(
            failure,
            link.MacAddress,
            LowerDeviceView.Look(reader, lower),
            link,
            $"Two links of one lower device cannot be on with the same address: {link.Command("Set-Link", "-MacAddress ADDRESS")} gives it another.",
            link,
            who => $"its MAC address {link.MacAddress} belongs to {who} too");
    }

    /// <summary>Removing a link.</summary>
    internal static MacvtapException ExplainRemoval(KernelException failure, Link link) => failure.Errno switch
    {
        Errno.EOPNOTSUPP => GeneralCauses.Because(failure, FailureId.LinkBusy, FailureCause.NotRemovable, $"{link.Name} is {(IsLoopback(link) ? "the loopback device" : link.Kind is null ? "a physical device" : $"of kind {link.Kind}")}, which cannot be removed", $"Such a link goes with {(IsLoopback(link) ? "its network namespace" : "its driver")}; {link.Command("Disable-Link")} switches it off.", link),
        _ => GeneralCauses.Explain(failure, link),
    };

    /// <summary>The command that makes such a link, up to its mode.</summary>
    internal static string Creation(MacvlanLink link) =>
        $"New-{(link is MacvtapLink ? "MacvtapLink" : "MacvlanLink")} {CommandText.Word(link.Name)} {(link.LowerDevice is { } lower ? CommandText.Word(lower) : "LOWERDEVICE")}{(link.LowerDeviceNamespace is { } place ? $" -LowerDeviceNamespace {CommandText.Word(place)}" : string.Empty)}";

    private static bool IsLoopback(Link link) => (link.Flags & InterfaceFlag.Loopback) != 0;
}
