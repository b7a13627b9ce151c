using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to changes of a link, one after the other: each is checked against what those before it leave.</summary>
internal static class EditPreflight
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Checks the changes.</summary>
    /// <exception cref="Failures.MacvtapException">The kernel would refuse one of them, explained as the refusal would be.</exception>
    internal static Verdict Check(IReadOnlyList<LinkChange> changes, LinkSession session)
    {
        LinkSnapshot place = LinkSnapshot.Take(session);
        return Check(changes, place, (failure) => EditCauses.Explain(failure, changes.Count, session.Reader));
    }

    /// <summary>The same over a snapshot.</summary>
    internal static Verdict Check(IReadOnlyList<LinkChange> changes, LinkSnapshot place, Func<LinkEditFailure, Failures.MacvtapException> explain)
    {
        Verdict verdict = Verdict.Accepted;
        var before = new List<LinkChange>();
        foreach (LinkChange change in changes)
        {
            string operation = $"set {change.Property} of {change.Link.Name} to {change.Wanted}";
            try
            {
                place.RequireRights(operation);
                verdict = verdict.And(Check(change, before, place, operation));
            }
            catch (PredictedRefusal refusal)
            {
                throw explain(new LinkEditFailure(change, refusal, null, []));
            }

            before.Add(change);
        }

        return verdict;
    }

    /// <summary>
    /// Checks a change of the master of a link that has one, before it is asked for: the kernel takes the link out of its bridge before it looks whether the new one takes it
    /// (do_set_master), and with the port go its settings and tables.
    /// </summary>
    /// <exception cref="Failures.MacvtapException">The kernel would refuse, explained as the refusal would be.</exception>
    internal static void CheckLeaving(IReadOnlyList<LinkChange> changes, LinkSession session)
    {
        LinkChange[] leaving = [.. changes.Where(c => c is MasterChange { Master: not null, Link.MasterIndex: not null })];
        if (leaving.Length > 0) Check(leaving, LinkSnapshot.Take(session), failure => EditCauses.Explain(failure, leaving.Length, session.Reader));
    }

    private static Verdict Check(LinkChange change, List<LinkChange> before, LinkSnapshot place, string operation)
    {
        switch (change)
        {
            case MacAddressChange:
                return CheckAddress(change.Link, (string)change.Wanted!, place, operation);
            case NumberChange when change.Property == nameof(Link.Mtu):
                return CheckMtu(change.Link, (int)change.Wanted!, before, place, operation);
            case NumberChange when change.Property == nameof(Link.TransmitQueueLength):
                return CheckQueueLength(change.Link, (int)change.Wanted!, operation);
            case AliasChange alias:
                Rules.RequireAlias(alias.Alias, operation);
                return Verdict.Accepted;
            case MasterChange { Master: { } master }:
                return PortPreflight.CheckAdd(change.Link, master, place, operation);
            case AddressGenerationChange generation:
                return Rules.CheckAddressGeneration(generation.Mode, change.Link.AddressGeneration is not null, operation);
            case ProtocolDownChange:
                return change.Link switch
                {
                    MacvlanLink => Verdict.Accepted,
                    VethLink or BridgeLink or TapLink => throw new PredictedRefusal(Errno.EOPNOTSUPP, operation, "Protodown not supported by device"),
                    _ => new Verdict($"whether {change.Link.Name} can be held down shows only when it is tried"),
                };
            case MacvlanChange { Wanted: ModeFlag flag } when ChangeCauses.HasUnknownBits(flag):
                throw new PredictedRefusal(Errno.EINVAL, operation);
            case BridgeChange { Property: nameof(BridgeLink.ForwardDelay), Wanted: TimeSpan delay } when (delay < ShortestDelay || delay > LongestDelay) && RunsSpanningTree((BridgeLink)change.Link, before):
                throw new PredictedRefusal(Errno.ERANGE, operation);
            case PortChange port:
                return PortPreflight.CheckChange(port, before, place, operation);
            default:
                return Verdict.Accepted;
        }
    }

    private static bool RunsSpanningTree(BridgeLink bridge, List<LinkChange> before) =>
        before.FindLast(c => c.Property == nameof(BridgeLink.SpanningTree))?.Wanted as bool? ?? bridge.SpanningTree;

    /// <summary>macvlan_set_mac_address, eth_prepare_mac_addr_change.</summary>
    private static Verdict CheckAddress(Link link, string address, LinkSnapshot place, string operation)
    {
        if (link is TapLink { Mode: TapMode.Tun } || link.Kind == "ifb") throw new PredictedRefusal(Errno.EOPNOTSUPP, operation);
        if (link.MacAddress == address) return Verdict.Accepted;
        if (link is PhysicalLink && link.AdministrativeStatus == AdministrativeStatus.Up) return new Verdict($"whether the driver of {link.Name} changes its MAC address while it is on shows only when it is tried");
        if (link is not MacvlanLink { LowerDeviceIndex: { } lower } macvlan || macvlan.Mode == LinkMode.Passthru) return IsChangeable(link) ? Verdict.Accepted : new Verdict($"whether a link of kind {link.Kind} changes its MAC address shows only when it is tried");
        if (link.LowerDeviceNamespaceId is not null) return new Verdict(ChangePreflight.LowerElsewhere(link, "whether another link of it has that MAC address"));
        if (place.Look(lower).BlockerOf(address, link.InterfaceIndex) is not null) throw new PredictedRefusal(Errno.EADDRINUSE, operation);
        return Verdict.Accepted;
    }

    /// <summary>Kinds whose address can be changed also while they are on.</summary>
    private static bool IsChangeable(Link link) => link is MacvlanLink or VethLink or BridgeLink or TapLink or PhysicalLink || link.Kind is "dummy" or "vlan" or "vxlan" or "bond";

    /// <summary>dev_change_tx_queue_len: the queueing discipline grows with it (pfifo_fast_change_tx_queue_len), and so does each open queue of a tap device (tap_queue_resize, tun_queue_resize).</summary>
    private static Verdict CheckQueueLength(Link link, int length, string operation)
    {
        if (length <= TransmitRing.Longest || length == link.TransmitQueueLength) return Verdict.Accepted;
        if (link.QueueDiscipline == TransmitRing.QueueDiscipline) throw new PredictedRefusal(Errno.ENOMEM, operation);
        return link is MacvtapLink or TapLink ? new Verdict($"whether somebody has {link.Name} open, who keeps the queue that short, shows only when it is tried") : Verdict.Accepted;
    }

    /// <summary>dev_validate_mtu, macvlan_change_mtu. The changes before this one may have changed the lower device's MTU.</summary>
    private static Verdict CheckMtu(Link link, int mtu, List<LinkChange> before, LinkSnapshot place, string operation)
    {
        if (mtu == link.Mtu) return Verdict.Accepted;
        Rules.RequireMtu(mtu, link.MinMtu ?? 0, link.MaxMtu, operation);
        if (link is PhysicalLink) return new Verdict($"whether the driver of {link.Name} takes that MTU shows only when it is tried");
        if (link is MacvlanLink or { Kind: "vlan" or "macsec" } && mtu <= link.Mtu) return Verdict.Accepted;
        if (link is not MacvlanLink { LowerDeviceIndex: { } index })
            return KindSupport.TakesEveryMtu(link) ? Verdict.Accepted : new Verdict($"whether {link.Name}, of kind {link.Kind}, takes that MTU shows only when it is tried");
        bool isHere = link.LowerDeviceNamespaceId is null;
        string? lowerPlace = isHere ? link.NetworkNamespace : link.LowerDeviceNamespace;
        int? changed = before.FindLast(c => c.Property == nameof(Link.Mtu) && c.Link.InterfaceIndex == index && c.Link.NetworkNamespace == lowerPlace)?.Wanted as int?;
        if (changed is null && !isHere) return new Verdict(ChangePreflight.LowerElsewhere(link, "its MTU"));
        if (mtu > (changed ?? place.Find(index)?.Mtu)) throw new PredictedRefusal(Errno.EINVAL, operation);
        return Verdict.Accepted;
    }
}
