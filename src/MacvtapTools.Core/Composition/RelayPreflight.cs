using MacvtapTools.Addresses;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Composition;

/// <summary>What the kernel would say to a reflective relay: to each step of <see cref="RelayCreator"/> and <see cref="RelayRemover"/>, in their order.</summary>
/// <param name="session">The session of its namespace.</param>
internal sealed class RelayPreflight(LinkSession session)
{
    private const int UsualMtu = 1500;

    /// <summary>A new one.</summary>
    /// <exception cref="Failures.MacvtapException">As <see cref="RelayCreator.Create"/>.</exception>
    internal Verdict CheckCreate(RelaySpecification wanted)
    {
        IPPrefix[] addresses = [.. wanted.Address.Select(IPPrefix.ParseForLink)];
        try
        {
            return CheckSteps(wanted, addresses);
        }
        catch (Failures.MacvtapException failure)
        {
            throw UndoLog.WithOutcome(failure, RelayCreator.Outcome(wanted));
        }
    }

    private Verdict CheckSteps(RelaySpecification wanted, IPPrefix[] addresses)
    {
        LinkSnapshot place = LinkSnapshot.Take(session);
        int? mtu = wanted.Mtu ?? wanted.Uplink?.Mtu ?? wanted.Bridge?.Mtu;
        Verdict verdict = Verdict.Accepted;
        if (wanted.Bridge is null)
            verdict = verdict.And(UndoLog.Step(() => OtherKindPreflight.CheckBridge(new LinkSettings { Name = wanted.BridgeName }, place), f => OtherKindCauses.Explain(f, BridgeSettings.Bridge, [wanted.BridgeName], null, session.Reader)));
        verdict = verdict.And(UndoLog.Step(
            () => OtherKindPreflight.CheckVeth(new LinkSettings { Name = wanted.Name, Mtu = (uint?)mtu }, wanted.PortName, place, null),
            f => OtherKindCauses.Explain(f, VethSettings.Veth, [wanted.Name, wanted.PortName], mtu, session.Reader)));

        // A new bridge has the smallest MTU of its ports (br_mtu_auto_adjust).
        Link bridge = wanted.Bridge ?? PlannedLink.Bridge(wanted.BridgeName, Math.Min(mtu ?? UsualMtu, wanted.Uplink?.Mtu ?? int.MaxValue), session);
        if (wanted.Uplink is { } uplink) verdict = verdict.And(UndoLog.Step(() => PortPreflight.CheckAdd(uplink, bridge, place), f => PortCauses.ExplainAdd(f, uplink, bridge, session.Reader)));
        return verdict.And(AddressPlan.Check(bridge, addresses, [], session, place));
    }

    /// <summary>The removal of one: its first step.</summary>
    /// <exception cref="KernelException">The kernel would refuse.</exception>
    internal Verdict CheckRemove(ReflectiveRelay relay)
    {
        LinkSnapshot place = LinkSnapshot.Take(session);
        if (relay.UplinkLink is { } uplink && BridgePortClient.AsPort(uplink) is { } port) return ChangePreflight.CheckRights(BridgePortClient.RemoveOperation(port), place);
        return (relay.LowerLink ?? relay.PortLink ?? relay.BridgeLink) is { } part ? ChangePreflight.CheckRights(LinkRemover.Operation(part), place) : Verdict.Accepted;
    }
}
