using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Lists of source addresses as long as the kernel can report them, and longer: then its own message is malformed.</summary>
public sealed class LongSourceListTests
{
    private const int Longest = 5400;
    private const int IFLA_MACVLAN_MACADDR_MODE = 3;
    private const int IFLA_MACVLAN_MACADDR = 4;
    private const uint MACVLAN_MACADDR_ADD = 0;

    [Theory]
    [InlineData(1)]
    [InlineData(3000)] // the reply is longer than the buffer is at first
    [InlineData(Longest)]
    public void A_list_is_written_and_read_back_whole(int count)
    {
        using LinkBench bench = new();
        bench.Ip("link add link p0 name behind index 2000000000 type macvlan");
        string[] wanted = [.. SourceAddresses.Make(count)];
        MacvlanLink made = bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = wanted });

        foreach (MacvlanLink link in new[] { made, Read(bench), (MacvlanLink)bench.Session.Reader.Find(made.InterfaceIndex)!, Listed(bench) })
        {
            Assert.Equal(wanted, link.SourceAddress.Order(StringComparer.Ordinal));
            Assert.False(link.IsSourceAddressTruncated);
        }

        // Once such a link, and every one behind it, fell out of the lists without an error.
        Assert.Equal(["lo", "p1", "p0", "m0", "behind"], bench.Session.Reader.List().Links.Select(l => l.Name));
        Assert.Equal(wanted[..1], ((MacvlanLink)bench.SetMode("m0", LinkMode.Source, sourceAddress: wanted[..1]).Link).SourceAddress);
    }

    [Theory]
    [InlineData(5455)] // the last that fits
    [InlineData(5456)] // the length of IFLA_LINKINFO is 0
    [InlineData(5457)] // it ends inside the kind
    [InlineData(5461)] // the last of which the innermost length is right
    [InlineData(5462)]
    [InlineData(6000)] // every length is plausible, and the addresses behind look like attributes of the link: its MTU, for one
    [InlineData(12000)] // wrapped twice
    public void A_longer_one_that_others_made_is_read_whole_though_the_kernels_message_is_malformed(int count)
    {
        using LinkBench bench = new();
        string[] all = [.. SourceAddresses.Make(count)];
        MacvlanLink link = bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = all[..Longest], Alias = "long", QueueCount = 3 });
        bench.Ip("link property add dev m0 altname another-name-of-it");
        Add(bench, link.InterfaceIndex, all[Longest..]);

        foreach (MacvlanLink read in new[] { Read(bench), Listed(bench) })
        {
            Assert.Equal(all, read.SourceAddress.Order(StringComparer.Ordinal));
            Assert.False(read.IsSourceAddressTruncated);
            Assert.Equal((LinkMode.Source, "m0", "p0", "long", 3, 1500), (read.Mode, read.Name, read.LowerDevice, read.Alias, read.QueueCount, read.Mtu));
            Assert.Equal((link.MacAddress, link.TransmitQueueLength, AddressGeneration.None), (read.MacAddress, read.TransmitQueueLength, read.AddressGeneration));
            Assert.Equal(["another-name-of-it"], read.AlternativeName); // stands behind the addresses
        }

        // The links beside it are read as usual, and it can be changed and removed.
        Assert.Equal(["lo", "p1", "p0", "m0"], bench.Session.Reader.List().Links.Select(l => l.Name));
        Assert.Empty(((MacvlanLink)bench.SetMode("m0", LinkMode.Bridge).Link).SourceAddress);
        Assert.Null(bench.Session.Remover.Remove(link).Failure);
    }

    private static MacvlanLink Read(LinkBench bench) => (MacvlanLink)bench["m0"];

    private static MacvlanLink Listed(LinkBench bench) => (MacvlanLink)bench.Session.Reader.List("macvtap").Links.Single();

    /// <summary>Adds addresses one by one, as <c>ip link set … macaddr add</c> does: the library itself only replaces whole lists.</summary>
    private static void Add(LinkBench bench, int index, string[] addresses)
    {
        foreach (string[] some in addresses.Chunk(NetlinkConversation.MostRequestsPerSend))
        {
            RequestBuffer requests = bench.Session.Conversation.Compose();
            foreach (string address in some)
            {
                using MessageWriter message = LinkRequests.BeginChange(requests, RtnetlinkConstants.RTM_NEWLINK, index);
                using (message.Nest(IFLA.LINKINFO))
                {
                    message.Text(IFLA.INFO_KIND, "macvtap");
                    using (message.Nest(IFLA.INFO_DATA))
                    {
                        message.U32(IFLA_MACVLAN_MACADDR_MODE, MACVLAN_MACADDR_ADD);
                        message.Bytes(IFLA_MACVLAN_MACADDR, Convert.FromHexString(address.Replace(":", string.Empty, StringComparison.Ordinal)));
                    }
                }
            }

            foreach (RequestOutcome outcome in bench.Session.Conversation.Exchange()) outcome.ThrowIfFailed("add a source address");
        }
    }
}
