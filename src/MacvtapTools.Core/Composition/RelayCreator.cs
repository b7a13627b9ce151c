using MacvtapTools.Addresses;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Route;

namespace MacvtapTools.Composition;

/// <summary>Makes a reflective relay: a bridge, a veth pair, the far end as a hairpin port of the bridge, an uplink. If a step fails, those before it are taken back, last first.</summary>
/// <param name="session">The session of the namespace to make it in.</param>
internal sealed class RelayCreator(LinkSession session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly UndoLog _undo = new();
    private readonly string _id = RelayMark.NewId();

    /// <summary>Makes it, and gives it back as it was read afterwards.</summary>
    /// <param name="wanted">What to make.</param>
    /// <param name="stop">Ends the waiting for the port to forward; what is made stands then.</param>
    /// <exception cref="MacvtapException">Why not; nothing stands but what the message says.</exception>
    internal ReflectiveRelay Create(RelaySpecification wanted, CancellationToken stop)
    {
        IPPrefix[] addresses = [.. wanted.Address.Select(IPPrefix.ParseForLink)];
        Link bridge;
        try
        {
            bridge = wanted.Bridge ?? CreateBridge(wanted, hasAddress: addresses.Length > 0);
            CreatePair(wanted, out Link lower, out Link port);
            WithoutAddresses(lower);
            WithoutAddresses(port);
            Mark(lower, RelayMark.Lower);
            Mark(port, RelayMark.Port);
            if (wanted.Bridge is null) Mark(bridge, RelayMark.Bridge);
            port = Join(port, bridge);
            if (session.Editor.Apply([PortChange.Create(port, PortAttribute.Hairpin, 1)]) is { } failure) throw EditCauses.Explain(failure, 1, session.Reader);
            if (wanted.Bridge is null) SwitchOn(bridge);
            SwitchOn(port);
            SwitchOn(lower);
            if (wanted.Uplink is { } uplink) JoinUplink(uplink, bridge);

            // Its ports have brought the bridge's MTU down to theirs.
            bridge = session.Reader.Find(bridge.InterfaceIndex) ?? bridge;
            foreach (IPPrefix address in addresses) Give(bridge, address);
        }
        catch (KernelException failure)
        {
            throw _undo.TakeBack(GeneralCauses.Explain(failure, wanted.Name), Outcome(wanted));
        }
        catch (MacvtapException failure)
        {
            throw _undo.TakeBack(failure, Outcome(wanted));
        }

        return Await(wanted, stop);
    }

    /// <summary>What is true when it failed.</summary>
    internal static string Outcome(RelaySpecification wanted) => $"The relay {wanted.Name} was not made.";

    /// <summary>
    /// A switch that forwards at once and floods what it does not know: no spanning tree, no forward delay, and no multicast snooping, which would need somebody who asks
    /// the guests for their groups. Its MAC address is its own: without one it takes the lowest of its ports', and changes with them.
    /// </summary>
    private Link CreateBridge(RelaySpecification wanted, bool hasAddress)
    {
        byte[] address = NewLink.NewAddress();
        var link = new LinkSettings { Name = wanted.BridgeName, Address = address };
        var kind = new BridgeSettings { StpState = 0, ForwardDelay = 0, MulticastSnooping = 0 };
        NewLink.RemoveAgain(session, _undo, wanted.BridgeName, address, "bridge");
        Link made = UndoLog.Step(
            () => session.Reader.Name(session.Creator.Create(link, kind)),
            f => OtherKindCauses.Explain(f, BridgeSettings.Bridge, [wanted.BridgeName], null, session.Reader));
        if (BridgeReadBack.Compare(kind, (BridgeLink)made) is [var difference, ..])
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged a value for {made.Name} and did not take it: {difference}", null, made);
        if (!hasAddress) WithoutAddresses(made);
        return made;
    }

    private void CreatePair(RelaySpecification wanted, out Link lower, out Link port)
    {
        byte[] near = NewLink.NewAddress();
        int? mtu = wanted.Mtu ?? wanted.Uplink?.Mtu ?? wanted.Bridge?.Mtu;
        var link = new LinkSettings { Name = wanted.Name, Address = near, Mtu = (uint?)mtu };
        var kind = new VethSettings { PeerName = wanted.PortName, PeerAddress = NewLink.NewPortAddress(), PeerMtu = (uint?)mtu };
        NewLink.RemoveAgain(session, _undo, wanted.Name, near, "veth pair");
        lower = UndoLog.Step(
            () => session.Reader.Name(session.Creator.Create(link, kind), wanted.PortName),
            f => OtherKindCauses.Explain(f, VethSettings.Veth, [wanted.Name, wanted.PortName], mtu, session.Reader));
        port = session.Reader.Find(((VethLink)lower).PeerIndex ?? 0) ?? throw new KernelException(Errno.ENODEV, $"read {wanted.PortName}");
    }

    /// <summary>Neither end is for the host's own packets. An IPv6 address on the lower device would even meet its own question for duplicates, which the relay brings back.</summary>
    private void WithoutAddresses(Link link)
    {
        if (session.Editor.Apply([new AddressGenerationChange(link, AddressGeneration.None)]) is not { } failure) return;
        if (failure.Refusal is KernelException { Errno: Errno.EAFNOSUPPORT }) return;
        throw EditCauses.Explain(failure, 1, session.Reader);
    }

    private void Mark(Link link, string part)
    {
        if (session.AlternativeNames.Add(link, [new RelayMark(_id, part).ToString()]) is { } failure) throw NameCauses.ExplainAlternativeNames(failure, link, session.Reader);
    }

    private Link Join(Link link, Link bridge) => UndoLog.Step(
        () => new BridgePortClient(session.Conversation, session.Changer).Add(link, bridge).Link,
        f => PortCauses.ExplainAdd(f, link, bridge, session.Reader));

    private void SwitchOn(Link link)
    {
        if (link.AdministrativeStatus != AdministrativeStatus.Up) UndoLog.Step(() => session.Changer.SetUp(link, true), f => ChangeCauses.ExplainUp(f, link, session.Reader));
    }

    private void JoinUplink(Link uplink, Link bridge)
    {
        bool wasOff = uplink.AdministrativeStatus != AdministrativeStatus.Up;
        string[] marks = wasOff ? [RelayMark.Uplink, RelayMark.UplinkOff] : [RelayMark.Uplink];
        _undo.Before($"The uplink {uplink.Name} is not as it was", uplink.Command("Remove-BridgePort"), () => RelayRemover.Release(session, uplink.InterfaceIndex, bridge.InterfaceIndex, _id));
        foreach (string mark in marks) Mark(uplink, mark);
        Join(uplink, bridge);
        SwitchOn(uplink);
    }

    private void Give(Link bridge, IPPrefix address)
    {
        AddressRecord record = AddressBuilder.Build(bridge, address, new AddressOptions());
        UndoLog.Step(() => new AddressClient(session.Conversation).Add(bridge, record), f => AddressCauses.ExplainAdd(f, bridge, address));
    }

    /// <summary>
    /// The kernel lets a port forward in the background when it has seen its carrier (net/core/link_watch.c). A bridge of ours needs milliseconds; one that is somebody
    /// else's and has a forward delay is not waited for.
    /// </summary>
    private ReflectiveRelay Await(RelaySpecification wanted, CancellationToken stop)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            ReflectiveRelay relay = RelayReader.Find(session.Reader, _id) ?? throw new MacvtapException(FailureId.LinkNotFound, $"The relay {wanted.Name} was made, and gone when it was read back.", null, wanted.Name);
            bool isWaiting = relay.PortLink is { } port && BridgePortClient.AsPort(port) is { State: not BridgePortState.Forwarding } && wanted.Bridge is not BridgeLink { SpanningTree: true };
            if (!isWaiting || wanted.Bridge is BridgeLink { ForwardDelay.Ticks: > 0 } || Environment.TickCount64 > end || stop.WaitHandle.WaitOne(Pause)) return relay;
        }
    }
}
