using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A classic tun or tap link (made through /dev/net/tun).</summary>
public sealed class TapLink : Link
{
    internal TapLink(LinkRecord record, in LinkNames names)
        : base(record, names)
    {
    }

    /// <summary>Tap (Ethernet frames) or Tun (IP packets).</summary>
    public TapMode Mode => (TapMode)Facts.Type;

    /// <summary>The user id that may attach to it, or null for no restriction.</summary>
    public long? Owner => Facts.Owner;

    /// <summary>The id of the users' group that may attach to it, or null for no restriction. (The link group is <see cref="LinkGroup"/>.)</summary>
    public new long? Group => Facts.Group;

    /// <summary>The number of the link group.</summary>
    public int LinkGroup => base.Group;

    /// <summary>Whether it stays when nobody holds it.</summary>
    public bool Persistent => Facts.Persistent;

    /// <summary>Whether several descriptors may share it.</summary>
    public bool MultiQueue => Facts.MultiQueue;

    /// <summary>Whether each frame has a vnet header in front.</summary>
    public bool VnetHeader => Facts.VnetHeader;

    /// <summary>Whether each frame has the four bytes of packet information in front.</summary>
    public bool PacketInformation => Facts.PacketInformation;

    /// <summary>How many queues are attached; only multi-queue links tell.</summary>
    public int? Queues => (int?)Facts.Queues;

    /// <summary>How many queues are detached; only multi-queue links tell.</summary>
    public int? DisabledQueues => (int?)Facts.DisabledQueues;

    private TunFacts Facts => Record.Tun!;
}
