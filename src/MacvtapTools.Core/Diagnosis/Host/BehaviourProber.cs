using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Tries what the kernel does otherwise than it says, on links that were made for it.</summary>
internal sealed class BehaviourProber(NetlinkConversation conversation, LinkReader reader, LinkCreator creator, Dictionary<KernelBehaviour, bool> found)
{
    /// <summary>So many that the link fits no buffer that the kernel would take unasked: 32 KB at most (netlink_dump in net/netlink/af_netlink.c).</summary>
    private const int LongListLength = 4_000;

    private const int OtherCutoff = 5;
    private const long ImpossibleCount = int.MaxValue;
    private const int LongestWait = 300;

    /// <summary>What concerns macvlans.</summary>
    /// <param name="macvlan">A macvlan in mode Private.</param>
    /// <param name="lower">Its lower device.</param>
    internal void TryMacvlan(int macvlan, int lower)
    {
        Try(KernelBehaviour.SetLinkIgnored, () =>
        {
            ProbeRequests.ChangeKindBySetLink(conversation.Compose(), macvlan, new MacvlanSettings(MacvlanSettings.Macvlan) { Mode = LinkMode.Vepa });
            conversation.Exchange()[0].ThrowIfFailed("set the mode");
            return Facts(macvlan).Mode != LinkMode.Vepa;
        });
        Try(KernelBehaviour.CutoffIgnored, () =>
        {
            LinkRequests.ChangeKind(conversation.Compose(), macvlan, new MacvlanSettings(MacvlanSettings.Macvlan) { BroadcastCutoff = OtherCutoff });
            conversation.Exchange()[0].ThrowIfFailed("set the broadcast cutoff");
            return Facts(macvlan).BroadcastCutoff != OtherCutoff;
        });
        Try(KernelBehaviour.LongLinksLost, () =>
        {
            byte[][] addresses = [.. Enumerable.Range(0, LongListLength).Select(i => new byte[] { 2, 0, 0, 0, (byte)(i >> 8), (byte)i })];
            int index = creator.Create(
                new LinkSettings { Name = "hl", LowerIndex = lower },
                new MacvlanSettings(MacvlanSettings.Macvlan) { Mode = LinkMode.Source, SourceAddresses = addresses }).Index;
            bool isThere = false;
            conversation.Dump(ProbeRequests.DumpWithoutMask, () => isThere = false, (_, type, body) => isThere |= type == RtnetlinkConstants.RTM_NEWLINK && LinkCodec.Read(body).Index == index, "list the links");
            return !isThere;
        });
    }

    /// <summary>What concerns bridge ports and passthru links: on a pair of its own.</summary>
    /// <param name="bridge">A bridge without spanning tree.</param>
    internal void TryPort(int bridge)
    {
        int port = creator.Create(new LinkSettings { Name = "hp", Up = true }, new VethSettings { PeerName = "hq" }).Index;
        int other = reader.FindRecord("hq")?.Index ?? 0;
        Try(KernelBehaviour.PromiscuityLost, () =>
        {
            int link = creator.Create(new LinkSettings { Name = "hn", LowerIndex = other }, new MacvlanSettings(MacvlanSettings.Macvlan) { Mode = LinkMode.Passthru }).Index;
            LinkRequests.ChangeKind(conversation.Compose(), link, new MacvlanSettings(MacvlanSettings.Macvlan) { Flags = ModeFlag.NoPromiscuous });
            conversation.Exchange()[0].ThrowIfFailed("set a flag");
            return reader.FindRecord(other)?.Promiscuity > ImpossibleCount;
        });
        RequestBuffer requests = conversation.Compose();
        LinkRequests.SetFlags(requests, bridge, RtnetlinkConstants.IFF_UP, RtnetlinkConstants.IFF_UP);
        LinkRequests.SetFlags(requests, other, RtnetlinkConstants.IFF_UP, RtnetlinkConstants.IFF_UP);
        LinkRequests.SetNumber(requests, port, IFLA.MASTER, (uint)bridge);
        foreach (RequestOutcome outcome in conversation.Exchange())
        {
            if (!outcome.Succeeded) return;
        }

        if (!AwaitUp(port)) return;
        Try(KernelBehaviour.BlockingBecomesForwarding, () =>
        {
            SetState(port, BridgePortState.Blocking);
            return State(port) == BridgePortState.Forwarding;
        });
        Try(KernelBehaviour.DisabledPortSwitchedOn, () =>
        {
            SetState(port, BridgePortState.Disabled);
            if (State(port) != BridgePortState.Disabled) throw new KernelException(Errno.EPROTO, "disable a port");
            ProbeRequests.SetPortBySlaveData(conversation.Compose(), port, BridgePortCodec.MODE, 1);
            conversation.Exchange()[0].ThrowIfFailed("set hairpin");
            return State(port) != BridgePortState.Disabled;
        });
    }

    /// <summary>Tries one; what the kernel refuses says nothing about the behaviour.</summary>
    private void Try(KernelBehaviour behaviour, Func<bool> isSo)
    {
        try
        {
            found[behaviour] = isSo();
        }
        catch (KernelException)
        {
            // It stays unknown.
        }
    }

    private MacvlanFacts Facts(int index) => reader.FindRecord(index)?.Macvlan ?? throw new KernelException(Errno.ENODEV, "read the link");

    private BridgePortState State(int port) => (BridgePortState)(reader.FindRecord(port)?.Port?[BridgePortCodec.STATE] ?? 0);

    private void SetState(int port, BridgePortState state)
    {
        BridgePortCodec.ComposeSet(conversation.Compose(), port, BridgePortCodec.STATE, sizeof(byte), (ulong)state);
        conversation.Exchange()[0].ThrowIfFailed("set the state of a port");
    }

    /// <summary>The kernel wires a link up in the background (net/core/link_watch.c).</summary>
    private bool AwaitUp(int index)
    {
        for (long end = Environment.TickCount64 + LongestWait; reader.FindRecord(index)?.OperationalStatus != OperationalStatus.Up; Thread.Sleep(1))
        {
            if (Environment.TickCount64 > end) return false;
        }

        return true;
    }
}
