using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>What an error number means whatever was asked.</summary>
internal static class GeneralCauses
{
    internal const string RootAdvice = "Run as root (sudo pwsh), or in a user and network namespace of your own (unshare --user --map-root-user --net pwsh).";

    /// <summary>Explains a refusal that nothing more particular explained.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="target">The link or name that it was about.</param>
    internal static MacvtapException Explain(KernelException failure, object? target)
    {
        string place = CommandText.Place(target switch { Link link => link.NetworkNamespace, LinkRoute route => route.NetworkNamespace, _ => null });
        return failure.Errno switch
        {
            Errno.EPERM or Errno.EACCES => Cause(
                FailureId.AccessDenied, FailureCause.CapabilityMissing,
                "it needs CAP_NET_ADMIN in the user namespace that owns the network namespace",
                RootAdvice),
            Errno.ENODEV => Cause(FailureId.LinkNotFound, FailureCause.LinkMissing, "the link is gone", $"It was deleted or moved to another network namespace; Get-Link{place} shows what is there."),
            Errno.EEXIST => Cause(FailureId.LinkExists, FailureCause.NameTaken, "a link of that name or index exists already", $"Choose another one; Get-Link{place} shows what is there."),
            Errno.EBUSY => Cause(FailureId.LinkBusy, FailureCause.LinkInUse, "the link is in use", $"{Shows("Get-Link", target)} shows its master and what lies on it; {Shows("Get-TapDevice", target)} who holds its device."),
            Errno.ENOBUFS or Errno.ENOMEM => Cause(FailureId.KernelError, FailureCause.MemoryExhausted, "the kernel had no memory for it, or its answer was lost", $"Look with Get-Link{place} what stands, then try again."),
            _ => Cause(FailureId.KernelError, FailureCause.Unexplained, null, "dmesg can say more, and -Debug shows what was asked. If neither tells why, please report it, with both and the kernel's version."),
        };

        MacvtapException Cause(FailureId id, FailureCause cause, string? why, string? advice) => Because(failure, id, cause, why, advice, target);
    }

    private static string Shows(string command, object? target) => (target as Link)?.Command(command) ?? command;

    /// <summary>Composes the exception: what was asked, and why not.</summary>
    internal static MacvtapException Because(KernelException failure, FailureId id, FailureCause cause, string? why, string? advice, object? target, params IReadOnlyList<FailureEvidence> evidence) =>
        new(id, $"Could not {failure.Operation}: {why ?? failure.KernelText ?? KernelException.TextOf(failure.Errno)}.", advice, target, failure) { Cause = cause, Evidence = evidence };

    /// <summary>A fact of a link.</summary>
    internal static FailureEvidence Fact(Link link, string property, object? value) => new(link.Name, property, value, link.NetworkNamespace);
}
