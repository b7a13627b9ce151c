using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Bridging;

/// <summary>Makes links ports of bridges, releases them, and lets them forget addresses; of one network namespace.</summary>
internal sealed class BridgePortClient(NetlinkConversation conversation, LinkChanger changer)
{
    /// <summary>A link as a port; null if it is none.</summary>
    internal static BridgePort? AsPort(Link link) => link.Record.Port is null ? null : new BridgePort(link);

    /// <summary>Makes a link a port of a bridge.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    internal BridgePort Add(Link link, Link bridge)
    {
        Link changed = changer.SetMaster(link, bridge);
        return AsPort(changed) ?? throw new KernelException(Errno.EPROTO, $"add {link.Name} to {bridge.Name}", "the kernel acknowledged and shows no port");
    }

    /// <summary>Releases a port from its bridge.</summary>
    internal Link Remove(BridgePort port) => changer.SetMaster(port.Link, null);

    /// <summary>What is asked to release a port, in words.</summary>
    internal static string RemoveOperation(BridgePort port) => LinkChanger.MasterOperation(port.Link, null);

    /// <summary>What is asked to let the bridge forget, in words.</summary>
    internal static string ForgetOperation(BridgePort port) => $"clear the addresses learned at {port.Name}";

    /// <summary>Lets the bridge forget the addresses that it learned at a port. Those that were entered by hand stay, also the dynamic ones among them that do not age.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EOPNOTSUPP for what is no port, EPERM.</exception>
    internal void ForgetAddresses(BridgePort port)
    {
        BridgePortCodec.ComposeFlush(conversation.Compose(), port.InterfaceIndex);
        conversation.Exchange()[0].ThrowIfFailed(ForgetOperation(port));
    }
}
