using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

/// <summary>What libvirt 9.0 writes for guests and networks, in short.</summary>
public sealed class LibvirtReaderTests
{
    private const string Guest = """
        <domain type='kvm' id='3'>
          <name>web1</name>
          <devices>
            <interface type='direct'>
              <mac address='52:54:00:12:34:56'/>
              <source dev='eth0' mode='bridge'/>
              <target dev='mvt0'/>
              <model type='virtio'/>
              <driver queues='4'/>
              <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
            </interface>
            <interface type='direct'><source dev='eth1' mode='passthrough'/></interface>
            <interface type='direct'><source dev='eth2'/></interface>
            <interface type='network'><mac address='52:54:00:00:00:02'/><source network='pool'/></interface>
            <interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/><virtualport type='openvswitch'/></interface>
          </devices>
        </domain>
        """;

    private const string Pool = "<network><name>pool</name><forward mode='private'><interface dev='eth7'/><interface dev='eth8'/></forward></network>";

    [Fact]
    public void Macvtaps_are_read_with_what_libvirt_takes_for_granted()
    {
        IReadOnlyList<LibvirtInterface> cards = Read(Guest);
        Assert.Equal(5, cards.Count);
        Assert.All(cards, c => Assert.Equal("web1", c.GuestName));
        Assert.Equal(("mvt0", "eth0", LinkMode.Bridge, "52:54:00:12:34:56", 4, "virtio"), (cards[0].Name, cards[0].LowerDevice, cards[0].Mode, cards[0].MacAddress, cards[0].QueueCount, cards[0].Model));
        Assert.Equal((null, "eth1", LinkMode.Passthru, null), (cards[1].Name, cards[1].LowerDevice, cards[1].Mode, cards[1].MacAddress));
        Assert.Equal(("eth2", LinkMode.Vepa), (cards[2].LowerDevice, cards[2].Mode));
    }

    [Fact]
    public void What_is_no_macvtap_is_shown_as_what_it_is()
    {
        IReadOnlyList<LibvirtInterface> cards = Read(Guest);
        Assert.Equal((false, "network", "pool"), (cards[3].IsMacvtap, cards[3].InterfaceType, cards[3].NetworkName));
        Assert.Equal((false, "bridge", "br0", "openvswitch"), (cards[4].IsMacvtap, cards[4].InterfaceType, cards[4].Bridge, cards[4].VirtualPort));
        Assert.Contains("virsh net-dumpxml pool", LibvirtReader.Describe(cards[3]), StringComparison.Ordinal);
        Assert.Contains("52:54:00:00:00:01 of guest web1 is of type bridge, a tap on the bridge br0", LibvirtReader.Describe(cards[4]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Guest + Pool)]
    [InlineData(Pool + "\n<!-- and -->\n" + Guest)]
    public void A_card_of_a_network_is_what_the_network_makes_of_it(string text)
    {
        IReadOnlyList<LibvirtInterface> cards = Read(text);
        Assert.Equal(5, cards.Count);
        Assert.Equal(("eth7", LinkMode.Private, "pool"), (cards[3].LowerDevice, cards[3].Mode, cards[3].NetworkName));
    }

    [Fact]
    public void A_card_of_a_network_without_a_mode_is_no_macvtap()
    {
        // The mode of such a network is nat.
        IReadOnlyList<LibvirtInterface> cards = Read(Guest + "<network><name>pool</name><forward dev='eth7'/></network>");
        Assert.Equal((false, null, null, "pool"), (cards[3].IsMacvtap, cards[3].LowerDevice, cards[3].Mode, cards[3].NetworkName));
    }

    [Theory]
    [InlineData(Pool, "eth7,eth8")]
    [InlineData("<network><name>n</name><forward dev='eth3' mode='vepa'/></network>", "eth3")]
    public void A_network_alone_gives_its_pool(string text, string lower) =>
        Assert.Equal(lower, string.Join(',', Read(text).Select(c => c.LowerDevice)));

    [Theory]
    [InlineData("<network><name>n</name><forward mode='bridge'/><bridge name='br0'/></network>")]
    [InlineData("<network><name>n</name><forward dev='eth0' mode='nat'/><bridge name='virbr0'/></network>")]
    [InlineData("<network><name>n</name></network>")]
    public void A_network_of_a_bridge_makes_no_macvtap(string text) => Assert.False(Assert.Single(Read(text)).IsMacvtap);

    [Fact]
    public void A_guest_within_a_snapshot_and_a_card_alone_are_found()
    {
        Assert.Equal("web1", Read($"<domainsnapshot><name>s</name>{Guest}</domainsnapshot>")[0].GuestName);
        Assert.Equal("eth0", Assert.Single(Read("<interface type='direct'><source dev='eth0' mode='vepa'/></interface>")).LowerDevice);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("<!-- nothing -->")]
    [InlineData("<domain>")]
    [InlineData("<domain/>hello")]
    [InlineData("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain>&x;</domain>")]
    [InlineData("<volume><name>v</name></volume>")]
    [InlineData("<interface type='ethernet' name='eth0'/>")]
    public void Anything_else_is_a_failure_with_an_id(string text) => Assert.Equal(FailureId.LibvirtXmlInvalid, Assert.Throws<MacvtapException>(() => Read(text)).Id);

    [Fact]
    public void What_is_written_is_read_again()
    {
        foreach (LinkMode mode in new[] { LinkMode.Private, LinkMode.Vepa, LinkMode.Bridge, LinkMode.Passthru })
        {
            var card = new LibvirtCard { Type = "direct", Source = "a&b", Mode = LibvirtModes.Word(mode, "x"), Target = "<m>", MacAddress = "52:54:00:12:34:56", Model = "virtio", QueueCount = 2 };
            LibvirtInterface read = Assert.Single(LibvirtReader.Read([card.ToElement()]));
            Assert.Equal(("a&b", mode, "<m>", "52:54:00:12:34:56", 2), (read.LowerDevice, read.Mode, read.Name, read.MacAddress, read.QueueCount));
        }

        Assert.Equal(FailureId.LibvirtUnsupported, Assert.Throws<MacvtapException>(() => LibvirtModes.Word(LinkMode.Source, "x")).Id);
    }

    [Fact]
    public void The_texts_are_these()
    {
        var card = new LibvirtCard { Type = "direct", Source = "eth0", Mode = "passthrough", Target = "mvt0", MacAddress = "52:54:00:12:34:56", Model = "virtio", QueueCount = 4 };
        Assert.Equal(
            """
            <interface type="direct">
              <mac address="52:54:00:12:34:56" />
              <source dev="eth0" mode="passthrough" />
              <target dev="mvt0" />
              <model type="virtio" />
              <driver queues="4" />
            </interface>
            """,
            card.ToElement().ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            """
            <interface type="ethernet">
              <target dev="tap0" managed="no" />
              <model type="e1000" />
              <mtu size="1400" />
            </interface>
            """,
            new LibvirtCard { Type = "ethernet", Target = "tap0", Model = "e1000", Mtu = 1400 }.ToElement().ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            """
            <interface type="bridge">
              <source bridge="ovs0" />
              <virtualport type="openvswitch" />
              <model type="virtio" />
            </interface>
            """,
            new LibvirtCard { Type = "bridge", Source = "ovs0", IsOpenVswitch = true, Model = "virtio" }.ToElement().ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            """
            <network>
              <name>pool</name>
              <forward mode="passthrough">
                <interface dev="eth0" />
                <interface dev="eth1" />
              </forward>
            </network>
            """,
            LibvirtCard.ToNetwork("pool", [card, card with { Source = "eth1" }, card]).ToString(),
            ignoreLineEndingDifferences: true);
    }

    private static IReadOnlyList<LibvirtInterface> Read(string text) => LibvirtReader.Read(LibvirtReader.Parse(text, null));
}
