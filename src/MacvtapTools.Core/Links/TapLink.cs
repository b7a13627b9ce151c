using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A classic tun or tap link (made through /dev/net/tun).</summary>
public sealed class TapLink : Link
{
    private readonly AccountNames _accounts;

    internal TapLink(LinkRecord record, in LinkNames names)
        : base(record, names) => _accounts = names.Accounts ?? new AccountNames();

    /// <summary>Tap (Ethernet frames) or Tun (IP packets).</summary>
    public TapMode Mode => (TapMode)Facts.Type;

    /// <summary>The name of the user that may attach to it, or the number where it has no name; null for no restriction.</summary>
    public string? Owner => Facts.Owner is { } id ? _accounts.User(id) : null;

    /// <summary>The number of <see cref="Owner"/>, in the user namespace of the reader.</summary>
    public long? OwnerId => Facts.Owner;

    /// <summary>The name of the users' group that may attach to it, or the number where it has no name; null for no restriction. (<see cref="Link.Group"/> is the link group; a property that hid it would be one too many for ConvertTo-Json.)</summary>
    public string? OwnerGroup => Facts.Group is { } id ? _accounts.Group(id) : null;

    /// <summary>The number of <see cref="OwnerGroup"/>, in the user namespace of the reader.</summary>
    public long? GroupId => Facts.Group;

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
