namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the kernel does something otherwise than it says: tried, not guessed from a version.</summary>
/// <param name="name">The name of the check.</param>
/// <param name="behaviour">The behaviour.</param>
/// <param name="has">What a kernel does that has it.</param>
/// <param name="hasNot">What a kernel does that has it not.</param>
/// <param name="module">What the module does about it.</param>
/// <param name="isWorkedAround">Whether the module can do all the same what it is asked for, or only says that it cannot.</param>
internal sealed class BehaviourCheck(string name, KernelBehaviour behaviour, string has, string hasNot, string module, bool isWorkedAround = true) : HostCheckRule(name, KernelBehaviours)
{
    internal static IEnumerable<HostCheckRule> All { get; } =
    [
        new BehaviourCheck(
            "SetLinkMode",
            KernelBehaviour.SetLinkIgnored,
            "The kernel acknowledges a mode that comes by RTM_SETLINK, and ignores it.",
            "The kernel takes a mode by RTM_SETLINK.",
            "The module sends RTM_NEWLINK and reads back."),
        new BehaviourCheck(
            "LongLinks",
            KernelBehaviour.LongLinksLost,
            "The kernel leaves links with long lists of source addresses, and all behind them, out of a list that is asked for without an extended mask.",
            "The kernel lists links with long lists of source addresses.",
            "The module asks with a mask, so that nothing is left out."),
        new BehaviourCheck(
            "DisabledPort",
            KernelBehaviour.DisabledPortSwitchedOn,
            "The kernel switches a disabled bridge port on when an attribute of it is set by its slave data.",
            "The kernel leaves a disabled bridge port disabled.",
            "The module sets ports by IFLA_PROTINFO, which leaves them as they are."),
        new BehaviourCheck(
            "BlockingPort",
            KernelBehaviour.BlockingBecomesForwarding,
            "The kernel acknowledges the port state Blocking without a spanning tree, and makes it Forwarding.",
            "The kernel keeps the port state Blocking.",
            "The module reads the state back and reports the difference; Disabled is what holds."),
        new BehaviourCheck(
            "PassthruPromiscuity",
            KernelBehaviour.PromiscuityLost,
            "The kernel loses count of the lower device's promiscuity, for good, when NoPromiscuous of a passthru link is changed while it is off.",
            "The kernel keeps count of the lower device's promiscuity.",
            "The module refuses such a change until the link is on; ip link does not."),
        new BehaviourCheck(
            "BroadcastCutoff",
            KernelBehaviour.CutoffIgnored,
            "The kernel acknowledges a broadcast cutoff and ignores it (it is older than 6.4).",
            "The kernel takes a broadcast cutoff.",
            "The module reads back and reports that it was not taken.",
            isWorkedAround: false),
    ];

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.Probe.IsRefused) return Unknown("It was not tried: it needs a network namespace of its own.", KindCheck.ProbeAdvice, $"unshare(CLONE_NEWNET): {host.Probe.Refusal}");
        if (!host.Probe.Behaviours.TryGetValue(behaviour, out bool isSo)) return Unknown("It could not be tried: the links that it takes cannot be made here.", "See KindMacvlan, KindVeth and KindBridge.");
        const string Evidence = "tried in a network namespace of its own";
        if (!isSo) return Passed(hasNot, null, Evidence);
        return isWorkedAround ? Handled(has, module, Evidence) : Warning(has, module, Evidence);
    }
}
