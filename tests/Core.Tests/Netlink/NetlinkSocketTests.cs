using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Netlink;

/// <summary>The socket on the kernel that runs: only reading, which needs no privilege.</summary>
public sealed class NetlinkSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_dump_lists_the_loopback()
    {
        using var conversation = new NetlinkConversation(NetlinkSocket.Open(Patience));
        var reader = new LinkReader(conversation, null);
        LinkList list = reader.List();
        Link lo = Assert.Single(list.Links, l => l.Flags.HasFlag(InterfaceFlag.Loopback));
        Assert.Equal(1, lo.InterfaceIndex);
        Assert.Equal(lo.Name, reader.Find(1)?.Name);
        Assert.Equal(1, reader.Find(lo.Name)?.InterfaceIndex);
        Assert.Null(reader.Find(int.MaxValue));
        Assert.Null(reader.Find("no-such-link-0"));
        Assert.Null(reader.Find("an-alternative-name-that-nobody-has"));
        Assert.Null(reader.Find(string.Empty));
        Assert.Null(reader.Find(new string('x', 128)));
        Assert.All(list.Links, l => Assert.False(l.Record.IsMalformed));
    }

    [Fact]
    public void Sockets_have_port_ids_of_their_own()
    {
        using NetlinkSocket one = NetlinkSocket.Open(Patience);
        using NetlinkSocket other = NetlinkSocket.Open(Patience);
        Assert.NotEqual(0u, one.PortId);
        Assert.NotEqual(one.PortId, other.PortId);
    }

    [Fact]
    public void Waiting_ends_when_its_time_is_over()
    {
        using var conversation = new NetlinkConversation(NetlinkSocket.Open(TimeSpan.FromMilliseconds(250)));

        // A request that the kernel does not answer: it asks for no acknowledgement.
        using (MessageWriter message = conversation.Compose().Begin(NetlinkConstants.NLMSG_NOOP, NetlinkConstants.NLM_F_REQUEST))
        {
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => conversation.Exchange().Length).Id);
        Assert.InRange(clock.ElapsedMilliseconds, 200, 5000);
    }

    [Fact]
    public void A_thousand_sockets_leave_no_descriptor_behind()
    {
        using (NetlinkSocket.Open(Patience))
        {
        }

        int before = OpenDescriptors();
        for (int i = 0; i < 1000; i++)
        {
            using var conversation = new NetlinkConversation(NetlinkSocket.Open(Patience));
            if (i % 100 == 0) Assert.NotEmpty(new LinkReader(conversation, null).List().Links);
        }

        // Other tests may open one or two meanwhile.
        Assert.InRange(OpenDescriptors(), 0, before + 20);
    }

    private static int OpenDescriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
