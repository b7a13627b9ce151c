using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Route;

public sealed class HardwareAddressTests
{
    [Theory]
    [InlineData("52:54:00:12:34:56")]
    [InlineData("52-54-00-12-34-56")]
    [InlineData("5254.0012.3456")]
    [InlineData("525400123456")]
    public void Four_spellings_are_read(string text)
    {
        Assert.True(HardwareAddress.TryParse(text, out byte[]? address));
        Assert.Equal([0x52, 0x54, 0, 0x12, 0x34, 0x56], address);
    }

    [Theory]
    [InlineData("AB:cd:EF:01:23:45", "ab:cd:ef:01:23:45")]
    [InlineData("FFFF.ffff.FFFF", "ff:ff:ff:ff:ff:ff")]
    public void Both_cases_are_read(string text, string expected)
    {
        Assert.True(HardwareAddress.TryParse(text, out byte[]? address));
        Assert.Equal(expected, HardwareAddress.Format(address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1:23:45:67:89:ab")]
    [InlineData("1:2:3:4:5:6")]
    [InlineData("52:54:00:12:34")]
    [InlineData("52:54:00:12:34:56:78")]
    [InlineData("52:54-00:12:34:56")]
    [InlineData("52:54:00:12:34-56")]
    [InlineData("52.54.00.12.34.56")]
    [InlineData("5254:0012:3456")]
    [InlineData("5254-0012-3456")]
    [InlineData("5254.0012:3456")]
    [InlineData("525.4001.23456")]
    [InlineData("52::5400:12:34:56")]
    [InlineData("52:5400:12:34:56:")]
    [InlineData("525400:12:34:56::")]
    [InlineData(":52:54:00:12:3456")]
    [InlineData("5254..00123456")]
    [InlineData("5254.00123456.")]
    [InlineData(".5254.00123456")]
    [InlineData("525400.123456")]
    [InlineData("52540012345")]
    [InlineData("5254001234567")]
    [InlineData("52540012345g")]
    [InlineData("0x5254001234")]
    [InlineData("52:54:00:12:34:5g")]
    [InlineData("52 54 00 12 34 56")]
    [InlineData(" 52:54:00:12:34:56")]
    [InlineData("52:54:00:12:34:56 ")]
    [InlineData("52:54:00:12:34:5６")]
    [InlineData("52a54a00a12a34a56")]
    [InlineData("-----------------")]
    [InlineData(":::::::::::::::::")]
    [InlineData("............")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(HardwareAddress.TryParse(text, out byte[]? address));
        Assert.Null(address);
    }

    [Fact]
    public void Addresses_of_any_length_are_written()
    {
        Assert.Null(HardwareAddress.Format([]));
        Assert.Equal("0a", HardwareAddress.Format([10]));
        Assert.Equal("7f:00:00:01", HardwareAddress.Format([127, 0, 0, 1]));
        foreach (int length in (int[])[6, 16, 20, 31, 32, 33, 1000])
        {
            string text = HardwareAddress.Format(Enumerable.Range(0, length).Select(i => (byte)i).ToArray())!;
            Assert.Equal(string.Join(':', Enumerable.Range(0, length).Select(i => $"{(byte)i:x2}")), text);
        }
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var random = new Random(3);
        byte[] address = new byte[6];
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(address);
            Assert.True(HardwareAddress.TryParse(HardwareAddress.Format(address), out byte[]? read));
            Assert.Equal(address, read);
        }
    }
}
