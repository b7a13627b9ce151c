using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

public sealed class QemuArgumentsTests
{
    private static readonly QemuCard Card = new() { Id = "mvt0", LinkName = "mvt0", MacAddress = "52:54:00:00:00:01", Descriptors = "{fd}" };

    [Fact]
    public void One_queue() => Assert.Equal(
        ["-netdev", "tap,id=hostmvt0,fd={fd}", "-device", "virtio-net-pci,id=mvt0,netdev=hostmvt0,mac=52:54:00:00:00:01"],
        QemuArguments.For(Card));

    [Fact]
    public void Several_queues_have_two_vectors_each_and_two_more() => Assert.Equal(
        ["-netdev", "tap,id=hostmvt0,fds=3:4:5,vhost=on", "-device", "virtio-net-pci,id=mvt0,netdev=hostmvt0,mac=52:54:00:00:00:01,mq=on,vectors=8"],
        QemuArguments.For(Card with { Descriptors = "3:4:5", QueueCount = 3, Vhost = true }));

    [Fact]
    public void A_card_without_PCI_has_no_vectors() =>
        Assert.EndsWith("mq=on", QemuArguments.For(Card with { Model = "virtio-net-ccw", QueueCount = 2, Descriptors = "{fds}" })[3], StringComparison.Ordinal);

    [Fact]
    public void A_classic_tap_by_its_name() => Assert.Equal(
        "tap,id=hostmvt0,ifname=t,,0{{x}},script=no,downscript=no,queues=2",
        QemuArguments.For(Card with { Descriptors = null, LinkName = "t,0{x}", QueueCount = 2 })[1]);

    [Fact]
    public void Options_are_written_as_QEMU_reads_them_and_commas_are_doubled() => Assert.Equal(
        "e1000,id=mvt0,netdev=hostmvt0,mac=52:54:00:00:00:01,bus=a,,b,rombar=0,failover=off",
        QemuArguments.For(Card with { Model = "e1000", DeviceOptions = new Dictionary<string, object> { ["bus"] = "a,b", ["rombar"] = 0L, ["failover"] = false } })[3]);

    [Theory]
    [InlineData("{fd}", "x{{y}}")]
    [InlineData("7", "x{y}")]
    public void Braces_are_doubled_only_where_placeholders_will_be_looked_for(string descriptors, string written) => Assert.Contains(
        $"bus={written}",
        QemuArguments.For(Card with { Descriptors = descriptors, DeviceOptions = new Dictionary<string, object> { ["bus"] = "x{y}" } })[3],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("mvt0", "mvt0")]
    [InlineData("0a", "net0a")]
    [InlineData("a b,c", "a_b_c")]
    [InlineData("-x", "net-x")]
    [InlineData("äx", "net_x")]
    public void An_id_is_made_of_a_name(string name, string id) => Assert.Equal(id, QemuArguments.IdOf(name));

    [Theory]
    [InlineData("")]
    [InlineData("0a")]
    [InlineData("a b")]
    [InlineData("a,b")]
    public void An_id_that_QEMU_would_refuse_is_refused(string id) =>
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => QemuArguments.For(Card with { Id = id })).Id);

    [Fact]
    public void A_card_of_one_queue_cannot_have_two() =>
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => QemuArguments.For(Card with { Model = "e1000", QueueCount = 2 })).Id);

    [Theory]
    [InlineData("02:00:00:12:34:56", false, "02:00:00:12:34:56")]
    [InlineData("02:00:00:12:34:56", true, "52:54:00:12:34:56")]
    [InlineData("52:54:00:12:34:56", true, "52:54:00:13:34:56")]
    public void The_guest_has_the_address_of_a_macvtap_and_another_one_than_a_classic_tap(string link, bool isClassic, string guest) =>
        Assert.Equal(guest, QemuArguments.GuestAddress(link, isClassic));
}
