using MacvtapTools.Failures;
using MacvtapTools.Frames;
using Xunit;

namespace MacvtapTools.Core.Tests.Frames;

/// <summary>What a frame tells of its bytes.</summary>
public sealed class EthernetFrameTests
{
    [Fact]
    public void Every_part_of_a_frame_with_two_tags()
    {
        EthernetFrame frame = FrameData.Frame("020000000002 020000000001 88a80064 8100f007 88b5 deadbeef");
        Assert.Equal(("02:00:00:00:00:01", "02:00:00:00:00:02", "0x88b5", 0x88b5), (frame.Source, frame.Destination, frame.Type, frame.TypeNumber));
        Assert.Equal((100, 0), (frame.VlanId, frame.VlanPriority));
        Assert.Equal([(0x88a8, 100, 0, false), (0x8100, 7, 7, true)], frame.Vlan.Select(t => (t.Protocol, t.Id, t.Priority, t.DropEligible)));
        Assert.Equal([0xde, 0xad, 0xbe, 0xef], frame.Payload);
        Assert.Equal((26, 26), (frame.Length, frame.OriginalLength));
    }

    [Fact]
    public void Nobody_can_change_a_frame()
    {
        EthernetFrame frame = FrameData.Frame("020000000002 020000000001 88b5 deadbeef");
        frame.Bytes[0] = 0xff;
        frame.Payload[0] = 0xff;
        Assert.Equal("02:00:00:00:00:02", frame.Destination);
        Assert.Equal(0xde, frame.Payload[0]);
    }

    [Theory]
    [InlineData("0200000000", null, null, null)]
    [InlineData("020000000002", "02:00:00:00:00:02", null, null)]
    [InlineData("020000000002 020000000001", "02:00:00:00:00:02", "02:00:00:00:00:01", null)]
    [InlineData("020000000002 020000000001 0800", "02:00:00:00:00:02", "02:00:00:00:00:01", "IPv4")]
    [InlineData("020000000002 020000000001 8100 0007", "02:00:00:00:00:02", "02:00:00:00:00:01", null)]
    public void What_is_cut_off_is_null(string hex, string? destination, string? source, string? type)
    {
        EthernetFrame frame = FrameData.Frame(hex);
        Assert.Equal((destination, source, type), (frame.Destination, frame.Source, frame.Type));
        Assert.Empty(frame.Payload);
    }

    [Fact]
    public void A_built_frame_has_its_parts_and_can_be_filled_up()
    {
        EthernetFrame frame = FrameBuilder.Build("02:00:00:00:00:01", "ffff.ffff.ffff", 0x0806, [1, 2, 3], new VlanTag(0x8100, 0x6007), pad: true);
        Assert.Equal(60, frame.Length);
        Assert.Equal("ffffffffffff020000000001" + "81006007" + "0806" + "010203", Convert.ToHexString(frame.Bytes.AsSpan(0, 21)).ToLowerInvariant());
        Assert.Equal((7, 3, "ARP"), (frame.VlanId, frame.VlanPriority, frame.Type));
    }

    [Theory]
    [InlineData("ff ff", new byte[] { 255, 255 })]
    [InlineData("0xFF,0x01", new byte[] { 255, 1 })]
    [InlineData("52:54:00-12.34\n56", new byte[] { 0x52, 0x54, 0, 0x12, 0x34, 0x56 })]
    [InlineData("", new byte[0])]
    public void Hex_text_in_any_usual_spelling(string text, byte[] bytes) => Assert.Equal(bytes, FrameText.Parse(text));

    [Theory]
    [InlineData("ff f", "character 4")]
    [InlineData("f f", "character 1")]
    [InlineData("fg", "character 1")]
    [InlineData("ff xx", "character 4")]
    public void Hex_text_that_is_none_tells_where(string text, string place)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => FrameText.Parse(text));
        Assert.Equal(FailureId.FrameInvalid, failure.Id);
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IPv4", 0x0800)]
    [InlineData("ipV6", 0x86dd)]
    [InlineData("0x88B5", 0x88b5)]
    [InlineData("2054", 0x0806)]
    public void Types_by_name_and_number(string text, int number) => Assert.Equal(number, FrameBuilder.Type(text));

    [Theory]
    [InlineData("IPv5")]
    [InlineData("0x10000")]
    [InlineData("-1")]
    [InlineData("0x")]
    public void Types_that_are_none(string text) => Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => FrameBuilder.Type(text)).Id);

    [Theory]
    [InlineData("020000000001", null, null, true)]
    [InlineData("020000000009", null, null, false)]
    [InlineData(null, "020000000002", null, true)]
    [InlineData(null, "020000000001", null, false)]
    [InlineData(null, null, "0x88b5", true)]
    [InlineData(null, null, "VLAN", true)]
    [InlineData(null, null, "QinQ", true)]
    [InlineData(null, null, "IPv4", false)]
    [InlineData("020000000001", "020000000002", "0x88b5", true)]
    [InlineData("020000000001", "020000000002", "IPv4", false)]
    public void A_filter_looks_at_addresses_and_at_each_type(string? source, string? destination, string? type, bool passes)
    {
        EthernetFrame frame = FrameData.Frame("020000000002 020000000001 88a80064 81000007 88b5 dead");
        var filter = new FrameFilter(source is null ? null : [FrameBuilder.Address(source)], destination is null ? null : [FrameBuilder.Address(destination)], type is null ? null : [FrameBuilder.Type(type)]);
        Assert.Equal(passes, filter.Accepts(frame.Data, FrameDirection.In));
        for (int length = 0; length < frame.Length; length++) filter.Accepts(frame.Data[..length], FrameDirection.In);
    }

    [Fact]
    public void A_tag_that_the_kernel_took_out_is_put_back_and_seen_by_the_filter()
    {
        byte[] bytes = FrameText.Parse("020000000002 020000000001 88b5 dead");
        var view = new FrameView { Bytes = bytes, OriginalLength = bytes.Length, TagProtocol = 0x8100, TagControl = 0x6007 };
        Assert.Equal("020000000002020000000001" + "81006007" + "88B5DEAD", Convert.ToHexString(view.ToFrame(FrameOrigin.None).Bytes));
        Assert.Equal("020000000002020000000001" + "8100", Convert.ToHexString(view.ToFrame(FrameOrigin.None, 14).Bytes));
        Assert.Equal((14, 20), (view.ToFrame(FrameOrigin.None, 14).Length, view.ToFrame(FrameOrigin.None, 14).OriginalLength));
        Assert.True(new FrameFilter(types: [0x8100]).Accepts(bytes, FrameDirection.In, 0x8100));
        Assert.False(new FrameFilter(types: [0x8100]).Accepts(bytes, FrameDirection.In));
    }

    [Fact]
    public void Any_bytes_make_a_frame_that_tells_everything_without_failing()
    {
        var random = new Random(20261120);
        byte[][] recorded = [.. FrameData.Traffic().Select(f => f.Bytes)];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = (byte[])recorded[random.Next(recorded.Length)].Clone();
            for (int i = random.Next(6); i > 0; i--) bytes[random.Next(Math.Min(bytes.Length, 80))] = (byte)random.Next(256);
            Tell(bytes[..random.Next(bytes.Length + 1)]);
        }

        foreach (byte[] bytes in recorded)
        {
            for (int length = 0; length <= bytes.Length; length++) Tell(bytes[..length]);
        }
    }

    private static void Tell(byte[] bytes)
    {
        EthernetFrame frame = FrameBuilder.FromBytes(bytes);
        Assert.NotEmpty(frame.Summary);
        _ = (frame.Time, frame.Source, frame.Destination, frame.Type, frame.TypeNumber, frame.Vlan.Count, frame.VlanId, frame.VlanPriority, frame.Payload.Length);
    }
}
