using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Protection;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to the protection of a link, and to its removal (tc_ctl_tfilter in net/sched/cls_api.c, clsact_init in net/sched/sch_ingress.c).</summary>
internal static class ProtectionPreflight
{
    private const string HookModule = "sch_ingress";
    private const string FilterModule = "cls_bpf";
    private const string Shared = "This filter block is shared. Please use the block index to manipulate the filters";

    /// <summary>Rules for a link.</summary>
    /// <exception cref="Failures.MacvtapException">ParameterInvalid: the rules have no room in a program; LinkBusy: another hook is in the way.</exception>
    internal static Verdict CheckSet(Link link, ProtectionRules rules, LinkSession session)
    {
        _ = ProtectionCompiler.Outgoing(rules);
        if (rules.Isolate) _ = ProtectionCompiler.Incoming(rules);
        var client = new ProtectionClient(session.Conversation);
        ProtectionReading before = client.Read(link);
        LinkSnapshot.Take(session).RequireRights(ProtectionClient.SetOperation(link, before));
        if (before.IsProtected) return Verdict.Accepted;
        FilterRecord? hook = client.FindHook(link);
        if (hook?.EgressBlock is not null || (rules.Isolate && hook?.IngressBlock is not null)) throw new PredictedRefusal(Errno.EOPNOTSUPP, ProtectionClient.PutOperation(link), Shared);
        bool isKnown = (hook is not null || KindSupport.IsThere(HookModule)) && KindSupport.IsThere(FilterModule);
        return isKnown ? Verdict.Accepted : new Verdict("whether this kernel has classic BPF filters on links, and a hook for them, shows only when a link is protected");
    }

    /// <summary>No rules any more.</summary>
    /// <exception cref="Failures.MacvtapException">ProtectionNotFound.</exception>
    internal static Verdict CheckRemove(Link link, LinkSession session)
    {
        ProtectionClient.RequireProtection(link, new ProtectionClient(session.Conversation).Read(link));
        LinkSnapshot.Take(session).RequireRights(ProtectionClient.RemoveOperation(link));
        return Verdict.Accepted;
    }
}
