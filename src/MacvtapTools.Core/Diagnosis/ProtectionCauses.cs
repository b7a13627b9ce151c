using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not protect a link.</summary>
internal static class ProtectionCauses
{
    /// <summary>Explains a refusal.</summary>
    internal static MacvtapException Explain(KernelException failure, Link link) => failure.Errno switch
    {
        Errno.ENOENT or Errno.EOPNOTSUPP when failure.KernelText?.Contains("shared", StringComparison.Ordinal) != true => GeneralCauses.Because(
            failure,
            FailureId.ProtectionNotSupported,
            FailureCause.KindMissing,
            "this kernel has no classic BPF filters on links, or no hook for them",
            "It needs CONFIG_NET_CLS_BPF (module cls_bpf) and CONFIG_NET_SCH_INGRESS (module sch_ingress, which also holds clsact): modprobe cls_bpf sch_ingress, or install the package of the kernel's extra modules.",
            link),
        Errno.EINVAL or Errno.EOPNOTSUPP => GeneralCauses.Because(
            failure,
            FailureId.LinkBusy,
            FailureCause.LinkInUse,
            "its filters cannot be added to: another program gave the link filters that it shares with other links (a block)",
            $"{CommandText.Program($"tc qdisc show dev {CommandText.Word(link.Name)}", link.NetworkNamespace)} shows what is there; {CommandText.Program($"tc qdisc del dev {CommandText.Word(link.Name)} clsact", link.NetworkNamespace)} removes it, with that program's filters.",
            link),
        _ => GeneralCauses.Explain(failure, link),
    };
}
