using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Bridging;

/// <summary>Reads and changes bridge ports of one network namespace.</summary>
internal sealed class BridgePortClient(NetlinkConversation conversation, LinkReader reader, LinkChanger changer)
{
    /// <summary>All ports of all bridges, or of one.</summary>
    /// <param name="bridgeIndex">The interface index of a bridge, or null.</param>
    /// <param name="onInterrupted">Called where links came and went during every attempt to read them.</param>
    internal IEnumerable<BridgePort> List(int? bridgeIndex = null, Action? onInterrupted = null)
    {
        LinkList links = reader.List();
        if (links.IsInterrupted) onInterrupted?.Invoke();
        return links.Links.Where(l => l.Record.Port is not null && (bridgeIndex is null || l.MasterIndex == bridgeIndex)).Select(l => new BridgePort(l));
    }

    /// <summary>A link as a port; null if it is none.</summary>
    internal static BridgePort? AsPort(Link link) => link.Record.Port is null ? null : new BridgePort(link);

    /// <summary>Switches hairpin of a port on or off, and reads it back.</summary>
    /// <exception cref="MacvtapException">ReadBackMismatch, or NotBridgePort where the port left its bridge meanwhile.</exception>
    internal BridgePort SetHairpin(BridgePort port, bool on)
    {
        RequestBuffer requests = conversation.Compose();
        BridgePortCodec.ComposeSet(requests, port.InterfaceIndex, BridgePortCodec.MODE, 1, on ? 1u : 0u);
        LinkRequests.Get(requests, port.InterfaceIndex);
        LinkRecord? record = null;
        string operation = $"switch {(on ? "on" : "off")} hairpin of {port.Name}";
        ReadOnlySpan<RequestOutcome> outcomes = conversation.Exchange((_, _, body) => record = LinkCodec.Read(body));
        foreach (RequestOutcome outcome in outcomes) outcome.ThrowIfFailed(operation);
        BridgePort changed = (record is null ? null : AsPort(reader.Name(record)))
            ?? throw new MacvtapException(FailureId.NotBridgePort, $"{port.Name} left its bridge while hairpin was set.", target: port);
        if (changed.Hairpin != on)
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged hairpin {(on ? "on" : "off")} for {port.Name} and did not do it.", target: port);
        return changed;
    }

    /// <summary>Makes a link a port of a bridge.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    internal BridgePort Add(Link link, Link bridge)
    {
        Link changed = changer.SetMaster(link, bridge);
        return AsPort(changed) ?? throw new KernelException(Errno.EPROTO, $"add {link.Name} to {bridge.Name}", "the kernel acknowledged and shows no port");
    }

    /// <summary>Releases a port from its bridge.</summary>
    internal Link Remove(BridgePort port) => changer.SetMaster(port.Link, null);
}
