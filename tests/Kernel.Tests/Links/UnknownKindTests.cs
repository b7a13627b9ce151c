using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Kinds that the library does not know, and messages of the kernel that were cut.</summary>
public sealed class UnknownKindTests
{
    [Theory]
    [InlineData("ifb", "", false)]
    [InlineData("vxlan", " id 4 dstport 4789", true)]
    [InlineData("dummy", "", false)]
    [InlineData("vrf", " table 10", true)]
    [InlineData("bond", "", true)]
    public void A_link_of_an_unknown_kind_is_a_plain_link_with_its_bytes(string kind, string options, bool hasData)
    {
        using LinkBench bench = new();
        Programs.Outcome outcome = Programs.Try("ip", $"-n {bench.Namespace} link add k0 type {kind}{options}".Split(' '));
        if (outcome.ExitCode != 0) Assert.Skip($"The kernel has no links of kind {kind} ({outcome.ErrorOutput.Trim()}): load the module '{kind}' on the host.");

        foreach (Link link in new[] { bench["k0"], bench.Session.Reader.List().Links.Single(l => l.Name == "k0"), bench.Session.Reader.List(kind).Links.Single() })
        {
            Assert.Equal(typeof(Link), link.GetType());
            Assert.Equal(kind, link.Kind);
            Assert.Equal(hasData, link.UnknownKindData is { Length: > 0 });
        }

        Assert.Null(bench["p0"].UnknownKindData);
        Assert.Null(bench.Session.Remover.Remove(bench["k0"]).Failure);
    }

    [Theory]
    [InlineData("macvtap", 1)]
    [InlineData("veth", 2)]
    [InlineData("bridge", 0)]
    [InlineData("a kind that nobody has", 0)] // the kernel then sends all links
    public void A_list_of_one_kind_has_only_that_kind(string kind, int count)
    {
        using LinkBench bench = new();
        bench.Create();
        Assert.Equal(count, bench.Session.Reader.List(kind).Links.Count);
        Assert.All(bench.Session.Reader.List(kind).Links, l => Assert.Equal(kind, l.Kind));
    }

    [Fact]
    public void A_message_of_the_kernel_cut_at_any_byte_is_read_as_far_as_it_goes()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:01", "02:00:00:00:00:02"], Alias = "cut" });
        bench.Ip("link property add dev m0 altname another-name-of-the-link");
        byte[] whole = [];
        LinkRequests.Get(bench.Session.Conversation.Compose(), "m0");
        bench.Session.Conversation.Exchange((_, _, body) => whole = body.ToArray())[0].ThrowIfFailed("read m0");
        Assert.False(LinkCodec.Read(whole).IsMalformed);

        for (int length = 0; length < whole.Length; length++)
        {
            LinkRecord record = LinkCodec.Read(whole.AsSpan(0, length));
            Link link = Link.From(record, default);
            Assert.NotNull(link.ToString());
            Assert.True(link.GetType() == typeof(Link) || link is PhysicalLink or MacvtapLink); // without a kind it is a device
            if (link is MacvtapLink tap) Assert.InRange(tap.SourceAddress.Count, 0, 2);
        }
    }

    [Fact]
    public void A_message_of_the_kernel_with_any_one_byte_changed_is_read_without_trouble()
    {
        using LinkBench bench = new();
        Lab.AddBridge(bench.Namespace, "br0", "p1");
        foreach (string name in new[] { "p1", "br0" })
        {
            byte[] whole = [];
            LinkRequests.Get(bench.Session.Conversation.Compose(), name);
            bench.Session.Conversation.Exchange((_, _, body) => whole = body.ToArray())[0].ThrowIfFailed("read");
            for (int i = 0; i < whole.Length; i++)
            {
                foreach (byte value in new byte[] { 0, 1, 3, 0x7f, 0xff })
                {
                    byte was = whole[i];
                    whole[i] = value;
                    Link link = Link.From(LinkCodec.Read(whole), default);
                    Assert.NotNull(link.Name);
                    _ = link.Status;
                    if (link.Record.Port is not null) _ = new BridgePort(link).State;
                    whole[i] = was;
                }
            }
        }
    }
}
