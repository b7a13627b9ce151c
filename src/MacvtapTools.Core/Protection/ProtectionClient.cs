using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Protection;

/// <summary>Reads, sets and removes the protection of links of one network namespace.</summary>
internal sealed class ProtectionClient(NetlinkConversation conversation)
{
    /// <summary>The number of our filters among those of their priority.</summary>
    internal const uint Handle = 0x4d76;

    private const int LongestNotified = 400;

    /// <summary>What hangs on the hooks of a link.</summary>
    internal ProtectionReading Read(Link link) => new(List(link, TrafficControlCodec.Egress), List(link, TrafficControlCodec.Ingress));

    /// <summary>The indexes of all links that have the hook, whoever gave it to them: one question, where reading each would be two for each.</summary>
    internal IReadOnlySet<int> ReadHooks() => ListHooks().Where(hook => hook.Kind == TrafficControlCodec.Clsact).Select(hook => hook.Index).ToHashSet();

    /// <summary>The hooks of all links, the older ones that see only what comes among them.</summary>
    internal IReadOnlyList<FilterRecord> ListHooks() => Dump(
        TrafficControlCodec.ComposeHookDump, RtnetlinkConstants.RTM_NEWQDISC, hook => hook.Parent == TrafficControlCodec.TC_H_CLSACT, "find the hooks");

    /// <summary>What hangs on a link's hook. The older one lists the same filters for both directions.</summary>
    internal ProtectionReading Read(Link link, FilterRecord hook) => hook.Kind == TrafficControlCodec.Clsact ? Read(link) : new([], List(link, TrafficControlCodec.Ingress));

    /// <summary>What is asked first when a link is protected, in words.</summary>
    internal static string SetOperation(Link link, ProtectionReading before) => before.IsProtected ? PutOperation(link) : $"give {link.Name} a hook for filters (clsact)";

    /// <summary>What is asked when a protection is removed, in words.</summary>
    internal static string RemoveOperation(Link link) => $"remove the protection of {link.Name}";

    /// <summary>What is asked when a filter is put there, in words.</summary>
    internal static string PutOperation(Link link) => $"protect {link.Name}";

    /// <summary>The hook that a link has, or null.</summary>
    /// <exception cref="MacvtapException">LinkBusy: it has the older one, beside which no other can be.</exception>
    internal FilterRecord? FindHook(Link link)
    {
        FilterRecord? found = Dump(
            TrafficControlCodec.ComposeHookDump,
            RtnetlinkConstants.RTM_NEWQDISC,
            hook => hook.Index == link.InterfaceIndex && hook.Parent == TrafficControlCodec.TC_H_CLSACT,
            $"find the hooks of {link.Name}").LastOrDefault();
        return found is null or { Kind: TrafficControlCodec.Clsact } ? found : throw new MacvtapException(
            FailureId.LinkBusy,
            $"{link.Name} has the hook '{found.Kind}' of another program, which sees only what comes to the link, and no second one can be beside it.",
            $"tc qdisc del dev {link.Name} ingress removes it, with that program's filters; clsact is its successor and takes them too.",
            link);
    }

    /// <summary>
    /// Puts rules in the place of those that are there. Each of the two programs changes in one moment; what fails in the middle is undone.
    /// </summary>
    /// <param name="link">The link.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>What the kernel has afterwards.</returns>
    /// <exception cref="NetlinkException">The kernel refused: EPERM, ENODEV, ENOENT and EOPNOTSUPP where it has no such hooks or filters.</exception>
    /// <exception cref="MacvtapException">ParameterInvalid, LinkBusy, ReadBackMismatch.</exception>
    internal ProtectionReading Set(Link link, ProtectionRules rules)
    {
        byte[] incoming = rules.Isolate ? BpfInstruction.ToBytes(ProtectionCompiler.Incoming(rules)) : [];
        _ = ProtectionCompiler.Outgoing(rules);
        ProtectionReading before = Read(link);
        bool madeHook = !before.IsProtected && AddHook(link);
        rules = rules.WithHook(madeHook || before.Rules is { OwnsHook: true });
        FilterRecord outgoing = Filter(link, before, TrafficControlCodec.Egress, before.Outgoing, BpfInstruction.ToBytes(ProtectionCompiler.Outgoing(rules)));
        try
        {
            // What comes in is closed first and opened last, so that there is no moment with less than both the old and the new rules have.
            if (rules.Isolate) Put(link, Filter(link, before, TrafficControlCodec.Ingress, before.Incoming, incoming));
            Put(link, outgoing);
            if (!rules.Isolate && before.Incoming is { } old) Delete(link, old);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            TakeBack(link, before, madeHook, failure);
            throw;
        }

        ProtectionReading after = ReadBack.Of(() => Read(link), $"{link.Name} is protected", $"{link.Command("Get-LinkProtection")} shows what is there.", link);
        if (after.Rules is { } stands && ProtectionShape.Of(stands, false) == ProtectionShape.Of(rules, false) && ProtectionShape.Words(stands).SequenceEqual(ProtectionShape.Words(rules))) return after;
        throw new MacvtapException(
            FailureId.ReadBackMismatch,
            $"The kernel acknowledged the protection of {link.Name} and lists another one.",
            $"{link.Command("Get-LinkProtection")} shows what it lists; another program may have changed the filters at the same time.",
            link);
    }

    /// <summary>Removes our filters, and the hook where we made it and nothing else hangs on it.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EPERM, ENODEV.</exception>
    /// <exception cref="MacvtapException">ProtectionNotFound.</exception>
    internal void Remove(Link link)
    {
        ProtectionReading before = Read(link);
        RequireProtection(link, before);
        try
        {
            if (before.Incoming is { } incoming) Delete(link, incoming);
            if (before.Outgoing is { } outgoing) Delete(link, outgoing);
            if (before.Rules is { OwnsHook: true } && Read(link).Filters.Count == 0) RemoveHook(link);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            TakeBack(link, before, madeHook: false, failure);
            throw;
        }
    }

    /// <summary>Requires that there is something to remove.</summary>
    /// <exception cref="MacvtapException">ProtectionNotFound.</exception>
    internal static void RequireProtection(Link link, ProtectionReading reading)
    {
        if (reading.IsProtected) return;
        throw new MacvtapException(FailureId.ProtectionNotFound, $"{link.Name} has no protection of this module.", $"Get-LinkProtection{CommandText.Place(link.NetworkNamespace)} lists the links that have one; filters of other programs are left alone.", link);
    }

    private List<FilterRecord> List(Link link, uint parent) => Dump(
        requests => TrafficControlCodec.ComposeDump(requests, link.InterfaceIndex, parent),
        RtnetlinkConstants.RTM_NEWTFILTER,
        filter => filter.Index == link.InterfaceIndex && filter.Parent == parent,
        $"list the filters of {link.Name}");

    private List<FilterRecord> Dump(Action<RequestBuffer> compose, ushort wanted, Predicate<FilterRecord> fits, string operation)
    {
        var found = new List<FilterRecord>();
        conversation.Dump(
            compose,
            found.Clear,
            (_, type, body) =>
            {
                if (type != wanted) return;
                FilterRecord record = TrafficControlCodec.Read(body);
                if (fits(record)) found.Add(record);
            },
            operation);
        return found;
    }

    /// <returns>Whether it was not there before.</returns>
    private bool AddHook(Link link)
    {
        TrafficControlCodec.ComposeAddHook(conversation.Compose(), link.InterfaceIndex);
        RequestOutcome outcome;
        try
        {
            outcome = conversation.Exchange()[0];
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            throw new MacvtapException(
                (failure as MacvtapException)?.Id ?? FailureId.KernelError,
                $"{failure.Message} It is not known whether {link.Name} has got an empty hook for filters (clsact), which does nothing.",
                $"tc qdisc show dev {link.Name} shows it.",
                link,
                failure as KernelException ?? failure.InnerException);
        }

        if (outcome.Errno == Errno.EEXIST) return RequireBothDirections(link);
        outcome.ThrowIfFailed($"give {link.Name} a hook for filters (clsact)");
        return true;
    }

    /// <summary>
    /// The older hook "ingress" takes filters of what is sent without a word, and runs them on what comes (ingress_tcf_block in net/sched/sch_ingress.c knows one list).
    /// </summary>
    /// <returns>False: the hook was there before.</returns>
    private bool RequireBothDirections(Link link) => FindHook(link) is null ? throw new NetlinkException(Errno.ENODEV, $"find the hooks of {link.Name}") : false;

    private void RemoveHook(Link link)
    {
        TrafficControlCodec.ComposeRemoveHook(conversation.Compose(), link.InterfaceIndex);
        conversation.Exchange()[0].ThrowIfFailed($"take the hook for filters (clsact) from {link.Name}");
    }

    /// <summary>Our filter: where it is already, or as far to the front as there is room. A priority belongs to one kind of filter.</summary>
    private static FilterRecord Filter(Link link, ProtectionReading before, uint parent, FilterRecord? present, byte[] program)
    {
        ushort priority = present?.Priority ?? 1;
        while (present is null && before.Filters.Any(f => f.Parent == parent && f.Priority == priority)) priority++;
        return new FilterRecord { Index = link.InterfaceIndex, Parent = parent, Handle = Handle, Priority = priority, Protocol = TrafficControlCodec.ETH_P_ALL, ClassId = ProtectionHeader.Mark, Program = program };
    }

    private void Put(Link link, FilterRecord filter, string? operation = null)
    {
        TrafficControlCodec.ComposeSet(conversation.Compose(), filter);
        conversation.Exchange()[0].ThrowIfFailed(operation ?? PutOperation(link));
    }

    /// <summary>
    /// The kernel tells listeners of a removal in a message of one page, and refuses the removal where the program does not fit in (tfilter_del_notify): a long one is
    /// made short first.
    /// </summary>
    private void Delete(Link link, FilterRecord filter)
    {
        if (filter.Program.Length > LongestNotified * BpfInstruction.Length)
            Put(link, With(filter, BpfInstruction.ToBytes([new BpfInstruction(ClassicBpf.BPF_RET, 0, 0, unchecked((uint)TrafficControlCodec.TC_ACT_UNSPEC))])), RemoveOperation(link));
        TrafficControlCodec.ComposeRemove(conversation.Compose(), filter);
        RequestOutcome outcome = conversation.Exchange()[0];
        if (outcome.Errno != Errno.ENOENT) outcome.ThrowIfFailed(RemoveOperation(link));
    }

    private static FilterRecord With(FilterRecord filter, byte[] program) =>
        new() { Index = filter.Index, Parent = filter.Parent, Handle = filter.Handle, Priority = filter.Priority, Protocol = filter.Protocol, ClassId = filter.ClassId, Program = program };

    /// <summary>Back to how it was; returns where that was done, so that the failure that led here is thrown on.</summary>
    /// <exception cref="MacvtapException">It could not be done: the failure that led here, with what became of the rest.</exception>
    private void TakeBack(Link link, ProtectionReading before, bool madeHook, Exception failure)
    {
        try
        {
            ProtectionReading now = Read(link);
            if (before.IsProtected && now.Filters.Count == 0) AddHook(link);
            Back(now.Outgoing, before.Outgoing);
            Back(now.Incoming, before.Incoming);
            if (madeHook) RemoveHook(link);
        }
        catch (Exception second) when (second is KernelException or MacvtapException)
        {
            throw new MacvtapException(
                (failure as MacvtapException)?.Id ?? FailureId.KernelError,
                $"{failure.Message} What was done before that could not be taken back, and stands: {second.Message}",
                $"{link.Command("Get-LinkProtection")} shows what is there.",
                link,
                failure as KernelException ?? failure.InnerException);
        }

        void Back(FilterRecord? stands, FilterRecord? stood)
        {
            if (stood is null && stands is not null) Delete(link, stands);
            else if (stood is not null && (stands is null || !stands.Program.AsSpan().SequenceEqual(stood.Program))) Put(link, stood);
        }
    }
}
