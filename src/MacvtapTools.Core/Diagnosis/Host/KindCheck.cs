using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether links of a kind can be made: tried.</summary>
/// <param name="name">The name of the check.</param>
/// <param name="kind">The kernel's name of the kind.</param>
/// <param name="isNeeded">Whether the module is of no use without it.</param>
/// <param name="purpose">What it is for.</param>
internal sealed class KindCheck(string name, string kind, bool isNeeded, string purpose) : HostCheckRule(name, Kernel)
{
    internal const string ProbeAdvice = "Run it with CAP_SYS_ADMIN (as root).";

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.Probe.IsRefused)
        {
            if (host.Namespaces.SelectMany(n => n.Links).FirstOrDefault(l => l.Kind == kind) is { } link)
                return Passed($"The kernel has links of kind {kind}: {link.Name} is one.", null, $"{link.Name} is of kind {kind}");
            return Unknown($"Whether the kernel has links of kind {kind} was not tried: it needs a network namespace of its own.", ProbeAdvice, $"unshare(CLONE_NEWNET): {host.Probe.Refusal}");
        }

        if (!host.Probe.Kinds.TryGetValue(kind, out KindOutcome outcome)) return Unknown($"Links of kind {kind} were not tried.", ProbeAdvice);
        string evidence = $"a link of kind {kind} in a network namespace of its own: {(outcome.IsMade ? "made" : outcome.Error)}{(outcome.Text is { } text ? $" ({text})" : string.Empty)}";
        if (outcome.IsMade) return Passed($"Links of kind {kind} can be made.", null, evidence);
        string detail = $"Links of kind {kind} cannot be made ({purpose}).";
        string advice = outcome.Error switch
        {
            Errno.EOPNOTSUPP or Errno.ENOENT or Errno.ENODEV or Errno.ENXIO => $"Load the driver on the host: modprobe {kind}. In a container only the host can.",
            Errno.EPERM or Errno.EACCES => "The right to is missing: CAP_NET_ADMIN; for tun also permission to open /dev/net/tun.",
            _ => "The evidence has what the kernel said.",
        };
        return isNeeded ? Failed(detail, advice, evidence) : Warning(detail, advice, evidence);
    }
}
