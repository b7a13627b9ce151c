using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Core.Tests.Taps;

public sealed class DeviceNumberTests
{
    [Theory]
    [InlineData("246:1", 246, 1)]
    [InlineData("246:1\n", 246, 1)]
    [InlineData("4095:1048575", 4095, 1048575)]
    public void The_text_of_sysfs_is_read(string text, uint major, uint minor)
    {
        Assert.True(DeviceNumber.TryParse(text, out DeviceNumber number));
        Assert.Equal(new DeviceNumber(major, minor), number);
        Assert.Equal(text.Trim(), number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("246")]
    [InlineData("246:")]
    [InlineData(":1")]
    [InlineData("-1:1")]
    [InlineData("246: 1")]
    [InlineData("246:1:2")]
    [InlineData("4294967296:1")]
    public void Anything_else_is_not(string? text) => Assert.False(DeviceNumber.TryParse(text, out _));
}
