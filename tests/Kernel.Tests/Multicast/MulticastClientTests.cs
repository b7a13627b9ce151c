using System.Text.Json;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Multicast;

public sealed class MulticastClientTests
{
    private static readonly byte[] Mdns = [0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb];

    [Fact]
    public void The_groups_are_those_that_bridge_shows()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new MulticastClient(session.Conversation, session.Namespace);
        client.Add(session.Reader.Find("mvt0")!, Mdns);
        foreach (string link in (string[])["mvt0", "v0", "lo"])
            Assert.Equal(BridgeGroups(name, link), client.List([session.Reader.Find(link)!]).Select(g => g.MacAddress).Order());
        Assert.Equal(
            session.Reader.List().Links.SelectMany(l => BridgeGroups(name, l.Name).Select(m => (l.Name, m))).Order(),
            client.List(session.Reader.List().Links).Select(g => (g.Name, g.MacAddress)).Order());
    }

    [Fact]
    public void A_group_is_let_in_and_no_longer()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        var client = new MulticastClient(session.Conversation, session.Namespace);
        Link link = session.Reader.Find("mvt0")!;

        LinkMulticastGroup added = client.Add(link, Mdns);

        Assert.Equal(("mvt0", link.InterfaceIndex, "01:00:5e:00:00:fb", "mDNS", true, name), (added.Name, added.InterfaceIndex, added.MacAddress, added.Group, added.IsStatic, added.NetworkNamespace));
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => client.Add(link, Mdns)).Errno);
        Assert.Null(client.Remove(link, Mdns));
        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => client.Remove(link, Mdns)).Errno);
    }

    [Fact]
    public void What_the_host_joined_is_not_static()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        var client = new MulticastClient(session.Conversation, session.Namespace);
        LinkMulticastGroup allHosts = Assert.Single(client.List([session.Reader.Find("v0")!]), g => g.Group == "AllHosts");
        Assert.False(allHosts.IsStatic);
    }

    [Fact]
    public void A_frame_of_a_group_arrives_only_when_it_is_let_in()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out string name);
        Lab.Ip(name, "link set v1 up");
        using PacketSocket sender = PacketSocket.Open(name, "v1");
        using PacketSocket receiver = PacketSocket.Open(name, "mvt0");
        byte[] frame = [0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb, 2, 0, 0, 0, 0, 9, 0x88, 0xB5, .. new byte[50]];
        var client = new MulticastClient(session.Conversation, session.Namespace);

        sender.Send(frame);
        Assert.Null(receiver.Receive(IsOurs, TimeSpan.FromMilliseconds(300)));

        client.Add(session.Reader.Find("mvt0")!, Mdns);
        sender.Send(frame);
        Assert.NotNull(receiver.Receive(IsOurs, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_unicast_address_and_a_link_without_ethernet_are_refused()
    {
        using Lab lab = new();
        using LinkSession session = Open(lab, out _);
        var client = new MulticastClient(session.Conversation, session.Namespace);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<NetlinkException>(() => client.Add(session.Reader.Find("mvt0")!, [2, 0, 0, 0, 0, 1])).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<NetlinkException>(() => client.Add(session.Reader.Find("lo")!, Mdns)).Errno);
    }

    private static bool IsOurs(byte[] frame) => frame[12] == 0x88 && frame[13] == 0xB5;

    private static LinkSession Open(Lab lab, out string name)
    {
        name = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        return LinkSession.Open(name);
    }

    private static string[] BridgeGroups(string networkNamespace, string link)
    {
        Requires.Program("bridge");
        using JsonDocument entries = JsonDocument.Parse(Programs.Run("bridge", "-n", networkNamespace, "-j", "fdb", "show", "dev", link));
        return [.. entries.RootElement.EnumerateArray()
            .Where(e => e.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == "self"))
            .Select(e => e.GetProperty("mac").GetString()!)
            .Where(m => (Convert.ToByte(m[..2], 16) & 1) != 0)
            .Order()];
    }
}
