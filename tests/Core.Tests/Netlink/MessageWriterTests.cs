using System.Text;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Netlink;

public sealed class MessageWriterTests
{
    private readonly RequestBuffer _requests = new();

    [Fact]
    public void Every_value_is_read_as_it_was_written()
    {
        using (MessageWriter message = _requests.Begin(16, 5))
        {
            message.U8(1, 0xfe);
            message.U16(2, 0xfedc);
            message.U32(3, 0xfedcba98);
            message.S32(4, -5);
            message.Text(5, "vm-à");
            message.Bytes(6, [1, 2, 3]);
            message.Bytes(7, []);
            using (message.Nest(8))
            {
                message.U8(1, 3);
                using (message.Nest(2)) message.Text(1, string.Empty);
            }

            message.U8(9, 1);
        }

        AttributeReader reader = Single();
        Assert.Equal(0xfe, Next(ref reader, 1).U8);
        Assert.Equal(0xfedc, Next(ref reader, 2).U16);
        Assert.Equal(0xfedcba98, Next(ref reader, 3).U32);
        Assert.Equal(-5, Next(ref reader, 4).S32);
        Assert.Equal("vm-à", Next(ref reader, 5).Text);
        Assert.Equal([1, 2, 3], Next(ref reader, 6).Value.ToArray());
        Assert.Equal(0, Next(ref reader, 7).Value.Length);
        AttributeReader nest = Next(ref reader, 8).Nested;
        Assert.Equal(3, Next(ref nest, 1).U8);
        AttributeReader inner = Next(ref nest, 2).Nested;
        Assert.Equal([0], Next(ref inner, 1).Value.ToArray());
        Assert.False(inner.MoveNext() || inner.IsMalformed);
        Assert.False(nest.MoveNext() || nest.IsMalformed);
        Assert.Equal(1, Next(ref reader, 9).U8);
        Assert.False(reader.MoveNext() || reader.IsMalformed);
    }

    [Fact]
    public void Text_of_any_length_that_fits_is_written_with_its_zero()
    {
        foreach (int length in (int[])[0, 1, 255, 256, 65530])
        {
            using (MessageWriter message = _requests.Begin(16, 5)) message.Text(1, new string('x', length));
            AttributeReader reader = Single();
            AttributeReader attribute = Next(ref reader, 1);
            Assert.Equal(length + 1, attribute.Value.Length);
            Assert.Equal(length, attribute.Text.Length);
            _requests.Clear();
        }
    }

    [Fact]
    public void The_longest_attribute_is_65535_bytes()
    {
        using (MessageWriter message = _requests.Begin(16, 5)) message.Bytes(1, new byte[65531]);
        AttributeReader reader = Single();
        Assert.Equal(65531, Next(ref reader, 1).Value.Length);
        Assert.False(reader.MoveNext() || reader.IsMalformed);
    }

    [Fact]
    public void A_longer_attribute_is_refused_and_nothing_of_it_written()
    {
        using MessageWriter message = _requests.Begin(16, 5);
        message.U8(1, 1);
        int before = _requests.Length;
        try
        {
            message.Bytes(2, new byte[65532]);
            Assert.Fail("An attribute of 65536 bytes was taken.");
        }
        catch (ArgumentException)
        {
            Assert.Equal(before, _requests.Length);
        }
    }

    [Fact]
    public void A_nest_that_grew_too_long_is_refused_and_the_next_request_is_clean()
    {
        Assert.Throws<ArgumentException>(() =>
        {
            using MessageWriter message = _requests.Begin(16, 5);
            using (message.Nest(1))
            {
                for (int i = 0; i < 5462; i++) message.Bytes(4, new byte[6]);
            }
        });
        _requests.Clear();
        Assert.Equal((0, 0), (_requests.Count, _requests.Length));
        using (MessageWriter message = _requests.Begin(16, 5)) message.U8(1, 7);
        AttributeReader reader = Single();
        Assert.Equal(7, Next(ref reader, 1).U8);
        Assert.Equal(2u, _requests.FirstSequence);
    }

    [Fact]
    public void Padding_is_zero_although_the_buffer_was_used_before()
    {
        using (MessageWriter message = _requests.Begin(16, 5)) message.Bytes(1, Encoding.ASCII.GetBytes(new string('z', 400)));
        _requests.Clear();
        using (MessageWriter message = _requests.Begin(16, 5)) message.Bytes(1, [1]);
        Assert.Equal("0500010001000000", Convert.ToHexStringLower(_requests.Bytes[16..]));
    }

    private static AttributeReader Next(ref AttributeReader reader, int type)
    {
        Assert.True(reader.MoveNext());
        Assert.Equal(type, reader.Type);
        return reader;
    }

    private AttributeReader Single()
    {
        var reader = new MessageReader(_requests.Bytes);
        Assert.True(reader.MoveNext());
        AttributeReader attributes = new(reader.Body);
        Assert.False(reader.MoveNext() || reader.IsMalformed);
        return attributes;
    }
}
