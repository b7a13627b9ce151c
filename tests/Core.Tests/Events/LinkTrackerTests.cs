using MacvtapTools.Events;
using MacvtapTools.Links;
using MacvtapTools.Route;
using MacvtapTools.Tests.Links;
using Xunit;

namespace MacvtapTools.Tests.Events;

/// <summary>What each announcement means, and what each difference of a list.</summary>
public sealed class LinkTrackerTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Local);

    private readonly List<LinkEvent> _events = [];
    private readonly LinkTracker _tracker;
    private readonly FakeLink _lower = new() { Index = 2, Name = "eth0" };
    private readonly FakeLink _tap = new() { Index = 3, Name = "mvt0", Kind = "macvtap", Lower = 2 };
    private readonly FakeLink _bridge = new() { Index = 4, Name = "br0", Kind = "bridge" };

    public LinkTrackerTests()
    {
        _tracker = new LinkTracker("blue", _events.Add);
        _tracker.Synchronise([Record(_lower), Record(_tap), Record(_bridge)], true, new NewerLinks(), Now);
        _events.Clear();
    }

    [Fact]
    public void A_list_on_nothing_adds_all_with_their_names()
    {
        var events = new List<LinkEvent>();
        new LinkTracker(null, events.Add).Synchronise([Record(_tap), Record(_lower)], true, new NewerLinks(), Now);
        Assert.Equal(["mvt0 Added", "eth0 Added"], events.Select(e => e.ToString()));
        Assert.All(events, e => Assert.True(e.Resync));
        Assert.Equal("eth0", events[0].Link!.LowerDevice);
        Assert.Null(events[0].Previous);
        Assert.Null(events[0].NetworkNamespace);
    }

    [Fact]
    public void A_new_link_is_added()
    {
        LinkEvent added = Single(Announcement.Of(new FakeLink { Index = 9, Name = "mvt1", Kind = "macvtap", Lower = 2 }));
        Assert.Equal((LinkEventKind.Added, "mvt1", 9, false, "blue"), (added.Event, added.Name, added.InterfaceIndex, added.Resync, added.NetworkNamespace));
        Assert.Equal("eth0", Assert.IsType<MacvtapLink>(added.Link).LowerDevice);
        Assert.Equal(Now, added.Time);
        Assert.Empty(added.Changed);
    }

    [Fact]
    public void A_deleted_link_is_removed_and_shows_what_it_was()
    {
        LinkEvent removed = Single(Announcement.Deletion(_tap));
        Assert.Equal((LinkEventKind.Removed, "mvt0"), (removed.Event, removed.Name));
        Assert.Null(removed.Link);
        Assert.Equal(LinkMode.Vepa, Assert.IsType<MacvtapLink>(removed.Previous).Mode);
        Assert.DoesNotContain(3, _tracker.Links.Keys);
    }

    [Fact]
    public void A_change_names_what_changed_and_keeps_what_was()
    {
        _tap.Mtu = 1400;
        _tap.Mode = LinkMode.Bridge;
        LinkEvent changed = Single(Announcement.Of(_tap));
        Assert.Equal("mvt0 Changed: Mtu, Mode", changed.ToString());
        Assert.Equal((1500, 1400), (changed.Previous!.Mtu, changed.Link!.Mtu));
        Apply(Announcement.Of(_tap));
        Assert.Single(_events);
    }

    [Fact]
    public void A_rename_keeps_the_index_and_reaches_what_stands_on_the_link()
    {
        _lower.Name = "wan0";
        Apply(Announcement.Of(_lower));
        Assert.Equal(["wan0 Changed: Name", "mvt0 Changed: LowerDevice"], _events.Select(e => e.ToString()));
        Assert.Equal(("eth0", 2, 2), (_events[0].Previous!.Name, _events[0].Previous!.InterfaceIndex, _events[0].InterfaceIndex));
        Assert.Equal("wan0", _tracker.Links[3].LowerDevice);
    }

    [Fact]
    public void A_lower_device_elsewhere_has_the_name_that_a_list_found()
    {
        _tap.LowerNamespaceId = 7;
        LinkRecord record = Record(_tap);
        Apply(Announcement.Of(_tap));
        Assert.Null(_tracker.Links[3].LowerDevice);
        Assert.True(_tracker.LacksName);
        _events.Clear();

        Synchronise("far0", "red");

        Assert.Equal("mvt0 Changed: LowerDevice, LowerDeviceNamespace", Assert.Single(_events).ToString());
        _tap.Mtu = 1400;
        Apply(Announcement.Of(_tap), Announcement.Of(new FakeLink { Index = 9, Name = "mvt1", Kind = "macvtap", Lower = 2, LowerNamespaceId = 7 }));
        Assert.All([3, 9], i => Assert.Equal(("far0", "red"), (_tracker.Links[i].LowerDevice, _tracker.Links[i].LowerDeviceNamespace)));
        Assert.False(_tracker.LacksName);
        _events.Clear();
        Synchronise("far1", "red");
        Assert.Equal(["mvt0 Changed: Mtu, LowerDevice", "mvt1 Changed: LowerDevice"], _events.Select(e => e.ToString()).Order());

        void Synchronise(string name, string place)
        {
            _tracker.NoteElsewhere([Link.From(record, new LinkNames("blue", name, null) { LowerDeviceNamespace = place })]);
            _tracker.Synchronise([Record(_lower), record, Record(_bridge)], false, new NewerLinks(), Now);
        }
    }

    [Fact]
    public void A_move_tells_where_to()
    {
        LinkEvent moved = Single(Announcement.Move(_tap, 5, 77));
        Assert.Equal((LinkEventKind.Moved, 5, 77), (moved.Event, moved.NewNetworkNamespaceId, moved.NewInterfaceIndex));
        Assert.Null(moved.Link);
        Assert.DoesNotContain(3, _tracker.Links.Keys);
    }

    [Fact]
    public void A_move_to_a_namespace_without_an_id_has_none()
    {
        LinkEvent moved = Single(Announcement.Move(_tap, -1, 77));
        Assert.Equal(LinkEventKind.Moved, moved.Event);
        Assert.Null(moved.NewNetworkNamespaceId);
    }

    [Fact]
    public void A_port_joins_by_either_message_and_leaves_by_the_bridges_deletion()
    {
        _lower.Master = 4;
        Apply(Announcement.Port(_lower), Announcement.Of(_lower), Announcement.PortGone(_lower, 4));
        _lower.Master = 0;
        Apply(Announcement.Of(_lower));
        Assert.Equal(["eth0 PortJoined: Master, MasterIndex", "eth0 PortLeft: Master, MasterIndex"], _events.Select(e => e.ToString()));
        Assert.Equal(("br0", "br0"), (_events[0].Port!.Bridge, _events[1].Port!.Bridge));
        Assert.Equal(1500, _tracker.Links[2].Mtu);
        Assert.Null(_tracker.Links[2].Master);
    }

    [Fact]
    public void A_port_that_goes_from_one_bridge_to_another_leaves_and_joins()
    {
        var other = new FakeLink { Index = 5, Name = "br1", Kind = "bridge" };
        _lower.Master = 4;
        Apply(Announcement.Of(other), Announcement.Of(_lower));
        _lower.Master = 5;
        _events.Clear();
        Apply(Announcement.Of(_lower), Announcement.PortGone(_lower, 4));
        Assert.Equal([LinkEventKind.PortLeft, LinkEventKind.PortJoined], _events.Select(e => e.Event));
        Assert.Equal("br1", _tracker.Links[2].Master);
    }

    [Fact]
    public void Hairpin_has_an_event_of_its_own()
    {
        _lower.Master = 4;
        Apply(Announcement.Of(_lower));
        _events.Clear();
        _lower.Hairpin = true;
        Apply(Announcement.Port(_lower), Announcement.Of(_lower));
        LinkEvent switched = Assert.Single(_events);
        Assert.Equal("eth0 HairpinChanged: Hairpin, IsHairpinEffective", switched.ToString());
        Assert.True(switched.Port!.Hairpin);
        Assert.Equal("br0", switched.Port.Bridge);
    }

    [Fact]
    public void Other_attributes_of_a_port_are_changes()
    {
        _lower.Master = 4;
        Apply(Announcement.Of(_lower));
        _events.Clear();
        _lower.PortState = 4;
        Assert.Equal("eth0 Changed: State", Single(Announcement.Port(_lower)).ToString());
    }

    [Fact]
    public void A_bridges_word_makes_and_deletes_no_link()
    {
        var stranger = new FakeLink { Index = 50, Name = "x0", Master = 4 };
        var self = new FakeLink { Index = 4, Name = "br0", Master = 4 };
        Apply(Announcement.Port(stranger), Announcement.PortGone(stranger, 4), Announcement.Port(self), Announcement.PortGone(_lower, 4));
        Assert.Empty(_events);
        Assert.Equal([2, 3, 4], _tracker.Links.Keys.Order());
    }

    [Fact]
    public void What_comes_out_of_order_does_no_harm()
    {
        Apply(Announcement.Deletion(_tap), Announcement.Deletion(_tap), Announcement.Of(_tap), Announcement.Of(_tap));
        Assert.Equal([LinkEventKind.Removed, LinkEventKind.Added], _events.Select(e => e.Event));
    }

    [Fact]
    public void Another_link_with_the_same_index_is_another_link()
    {
        Apply(Announcement.Of(new FakeLink { Index = 3, Name = "veth7", Kind = "veth" }));
        Assert.Equal(["mvt0 Removed", "veth7 Added"], _events.Select(e => e.ToString()));
        Assert.True(_events[0].Resync);
    }

    [Fact]
    public void A_list_brings_what_no_announcement_told()
    {
        _tap.Mode = LinkMode.Private;
        _lower.Name = "wan0";
        var late = new FakeLink { Index = 8, Name = "late0" };
        _tracker.Synchronise([Record(_tap), Record(_lower), Record(late)], true, new NewerLinks(), Now);
        Assert.Equal(["br0 Removed", "mvt0 Changed: LowerDevice, Mode", "wan0 Changed: Name", "late0 Added"], _events.Select(e => e.ToString()));
        Assert.All(_events, e => Assert.True(e.Resync));
    }

    [Fact]
    public void A_list_that_was_overtaken_does_not_turn_the_clock_back()
    {
        LinkRecord[] old = [Record(_lower), Record(_tap), Record(_bridge)];
        var newer = new NewerLinks();
        var late = new FakeLink { Index = 8, Name = "late0" };
        _tap.Mtu = 1400;
        _lower.Master = 4;
        byte[][] meanwhile = [Announcement.Of(_tap), Announcement.Of(late), Announcement.Port(_lower), Announcement.Deletion(_bridge)];
        foreach (byte[] message in meanwhile) newer.Note(Announcement.Read(message));
        Apply(meanwhile);
        _events.Clear();
        _tracker.Synchronise(old, true, newer, Now);
        Assert.Empty(_events);
        Assert.Equal(1400, _tracker.Links[3].Mtu);
        Assert.Equal([2, 3, 8], _tracker.Links.Keys.Order());
    }

    [Fact]
    public void A_list_that_was_interrupted_removes_nothing()
    {
        _tracker.Synchronise([Record(_lower)], false, new NewerLinks(), Now);
        Assert.Empty(_events);
        Assert.Equal(3, _tracker.Links.Count);
    }

    [Fact]
    public void Clearing_reports_every_link()
    {
        _tracker.Clear(Now);
        Assert.Equal(3, _events.Count(e => e.Event == LinkEventKind.Removed && e.Resync));
        Assert.Empty(_tracker.Links);
    }

    private static LinkRecord Record(FakeLink link) => Announcement.Read(Announcement.Of(link)).Record;

    private void Apply(params byte[][] messages)
    {
        foreach (byte[] message in messages) _tracker.Apply(Announcement.Read(message), Now);
    }

    private LinkEvent Single(byte[] message)
    {
        Apply(message);
        return Assert.Single(_events);
    }
}
