using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Netlink;

public sealed class AttributeReaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_length_shorter_than_its_own_header_ends_the_walk(byte length)
    {
        byte[] bytes = [length, 0, 1, 0, .. Wire.Attribute(2, 7u)];
        var reader = new AttributeReader(bytes);
        Assert.False(reader.MoveNext());
        Assert.True(reader.IsMalformed);
        Assert.False(reader.MoveNext());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_rest_shorter_than_a_header_is_malformed(int rest)
    {
        byte[] bytes = [.. Wire.Attribute(2, 7u), .. new byte[rest]];
        var reader = new AttributeReader(bytes);
        Assert.True(reader.MoveNext());
        Assert.False(reader.MoveNext());
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void Nothing_is_well_formed()
    {
        var reader = new AttributeReader([]);
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsMalformed);
    }

    [Fact]
    public void A_length_past_the_end_gives_what_is_there()
    {
        byte[] bytes = Wire.Attribute(2, 1, 2, 3, 4);
        bytes[0] = 200;
        var reader = new AttributeReader(bytes);
        Assert.True(reader.MoveNext());
        Assert.Equal([1, 2, 3, 4], reader.Value.ToArray());
        Assert.True(reader.IsMalformed);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void The_last_attribute_may_be_without_its_padding()
    {
        var reader = new AttributeReader(Wire.Attribute(2, 9).AsSpan(0, 5));
        Assert.True(reader.MoveNext());
        Assert.Equal(9, reader.U8);
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsMalformed);
    }

    [Theory]
    [InlineData(0x8000)]
    [InlineData(0x4000)]
    [InlineData(0xc000)]
    public void The_flag_bits_are_no_part_of_the_number(int flags)
    {
        var reader = new AttributeReader(Wire.Attribute(flags | 18, 1));
        Assert.True(reader.MoveNext());
        Assert.Equal(18, reader.Type);
    }

    [Fact]
    public void Values_that_are_too_short_are_filled_up_with_zeroes()
    {
        var reader = new AttributeReader(Wire.Attribute(1, 0xff, 0xff));
        Assert.True(reader.MoveNext());
        Assert.Equal((0xff, 0xffff, 0xffffu, 0xffff, 0xfffful), (reader.U8, reader.U16, reader.U32, reader.S32, reader.U64));
        reader = new AttributeReader(Wire.Attribute(1));
        Assert.True(reader.MoveNext());
        Assert.Equal((0, 0, 0u, 0, 0ul, string.Empty), (reader.U8, reader.U16, reader.U32, reader.S32, reader.U64, reader.Text));
    }

    [Fact]
    public void Values_that_are_too_long_are_read_from_their_start()
    {
        var reader = new AttributeReader(Wire.Attribute(1, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Assert.True(reader.MoveNext());
        Assert.Equal((1, 0x0201, 0x04030201u, 0x0807060504030201ul), (reader.U8, reader.U16, reader.U32, reader.U64));
    }

    [Fact]
    public void Text_ends_at_the_first_zero_or_at_the_end()
    {
        var reader = new AttributeReader([.. Wire.Attribute(1, "eth0\0rest"), .. Wire.Attribute(1, (byte)'a', (byte)'b'), .. Wire.Attribute(1, 0xff, 0)]);
        Assert.True(reader.MoveNext());
        Assert.Equal("eth0", reader.Text);
        Assert.True(reader.MoveNext());
        Assert.Equal("ab", reader.Text);
        Assert.True(reader.MoveNext());
        Assert.Equal("\ufffd", reader.Text);
    }
}
