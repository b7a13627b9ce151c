using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Routing;

namespace MacvtapTools.Diagnosis;

/// <summary>Why a forwarding setting could not be written.</summary>
internal static class ForwardingCauses
{
    /// <summary>Explains why settings were not written, and names what stands all the same.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="target">The link, or the namespace's name.</param>
    internal static MacvtapException Explain(ForwardingFailure failure, object? target)
    {
        MacvtapException cause = failure.Error == Errno.None
            ? new MacvtapException(FailureId.ReadBackMismatch, $"The kernel took a value for {failure.Key} and has another.", $"Get-LinkForwarding{CommandText.Place((target as Link)?.NetworkNamespace)} shows what there is; another program may have written it at the same time.", target)
            : Explain(failure.Refusal, target);
        return failure.Standing.Count == 0 ? cause : cause.Restate($"{cause.Message} Not all that was written before could be set back: {string.Join(", ", failure.Standing)}.");
    }

    /// <summary>Explains a refusal.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="target">The link, or the namespace's name.</param>
    internal static MacvtapException Explain(KernelException failure, object? target) => failure.Errno switch
    {
        Errno.EROFS => GeneralCauses.Because(failure, FailureId.AccessDenied, FailureCause.SettingsReadOnly, "/proc/sys is mounted read-only", "In a container: run it with --privileged, or set it from outside (podman run --sysctl ...).", target),
        Errno.ENOENT => GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.SettingMissing, "there is no such setting: the link has no IP of that version, or is gone", $"Get-LinkForwarding{CommandText.Place((target as Link)?.NetworkNamespace)} shows what there is.", target),
        _ => GeneralCauses.Explain(failure, target),
    };
}
