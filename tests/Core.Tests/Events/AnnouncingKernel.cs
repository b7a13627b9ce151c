using MacvtapTools.Events;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Tests.Links;

namespace MacvtapTools.Tests.Events;

/// <summary>
/// Links that change, the announcements of it, and the receive buffer of one listener, which loses messages as the real one does: from an overrun on
/// everything, until the listener has taken all that waits (net/netlink/af_netlink.c, NETLINK_S_CONGESTED).
/// </summary>
internal sealed class AnnouncingKernel(Random random, int capacity = int.MaxValue) : IEventChannel
{
    private readonly Queue<byte[]> _waiting = [];
    private byte[] _current = [];
    private bool _isCongested;
    private bool _hasError;
    private int _lastIndex;

    internal SortedDictionary<int, FakeLink> Links { get; } = [];

    /// <summary>How many announcements were lost.</summary>
    internal int Lost { get; private set; }

    internal int Enlarged { get; private set; }

    /// <summary>Called while a list is read, before and after the moment that it shows.</summary>
    internal Action Meanwhile { get; set; } = () => { };

    public EventReceipt Receive(out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        if (_hasError)
        {
            _hasError = false;
            return EventReceipt.Lost;
        }

        if (!_waiting.TryDequeue(out byte[]? next)) return EventReceipt.Nothing;
        if (_waiting.Count == 0) _isCongested = false;
        datagram = _current = next;
        return EventReceipt.Datagram;
    }

    public void Enlarge() => Enlarged++;

    public void Dispose()
    {
    }

    internal LinkList List()
    {
        Meanwhile();
        var tracker = new LinkTracker(null, _ => { });
        tracker.Synchronise([.. Links.Values.Select(l => Announcement.Read(Announcement.Of(l)).Record)], true, new NewerLinks(), default);
        LinkList list = new([.. tracker.Links.Values], false);
        Meanwhile();
        return list;
    }

    internal void Announce(byte[] message)
    {
        if (_isCongested || _waiting.Count >= capacity)
        {
            _hasError |= !_isCongested;
            _isCongested = true;
            Lost++;
        }
        else
        {
            _waiting.Enqueue(message);
        }
    }

    /// <summary>Lets something happen, announced as the real one does; some changes are not announced.</summary>
    internal void Step()
    {
        FakeLink? link = Links.Count == 0 ? null : Links.Values.ElementAt(random.Next(Links.Count));
        switch (random.Next(12))
        {
            case 0 or 1 when Links.Count < 12: Add(); break;
            case 2 when link is not null: Remove(link, Announcement.Deletion(link)); break;
            case 3 when link is not null: Remove(link, Announcement.Move(link, 3, link.Index)); break;
            case 4 when link is not null: Change(() => link.Name = $"r{random.Next(100)}"); break;
            case 5 when link is not null: Change(() => link.Mtu = (uint)random.Next(1280, 1500)); break;
            case 6 when link is not null: link.Alias = $"silent {random.Next(100)}"; break;
            case 7 when link is { IsMacvlan: true }: link.Mode = (LinkMode)(1 << random.Next(3)); break;
            case 8 when link is { Master: 0, Kind: not "bridge" } && Links.Values.FirstOrDefault(l => l.Kind == "bridge") is { } bridge:
                Change(() => link.Master = bridge.Index);
                Announce(Announcement.Port(link));
                break;
            case 9 when link is { Master: not 0 }: Leave(link); break;
            case 10 or 11 when link is { Master: not 0 }:
                link.Hairpin = !link.Hairpin;
                Announce(Announcement.Port(link));
                break;
        }

        void Change(Action change)
        {
            change();
            Announce(Announcement.Of(link!));
        }
    }

    private void Add()
    {
        // Most indexes are new, some come again.
        int index = random.Next(6) == 0 ? random.Next(1, _lastIndex + 2) : _lastIndex + 1;
        if (Links.ContainsKey(index)) return;
        _lastIndex = Math.Max(_lastIndex, index);
        string?[] kinds = ["macvtap", "macvlan", "veth", "bridge", null];
        string? kind = kinds[random.Next(kinds.Length)];
        int lower = kind is "macvtap" or "macvlan" && Links.Count > 0 ? Links.Keys.ElementAt(random.Next(Links.Count)) : 0;
        Links[index] = new FakeLink { Index = index, Name = $"l{index}", Kind = kind, Lower = lower };
        Announce(Announcement.Of(Links[index]));
    }

    private void Remove(FakeLink link, byte[] last)
    {
        foreach (FakeLink port in Links.Values.Where(l => l.Master == link.Index).ToList()) Leave(port);
        if (link.Master != 0) Leave(link);
        Links.Remove(link.Index);
        Announce(last);
    }

    private void Leave(FakeLink port)
    {
        int bridge = port.Master;
        port.Master = 0;
        port.Hairpin = false;
        Announce(Announcement.PortGone(port, bridge));
        Announce(Announcement.Of(port));
    }
}
