using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Bridging;

public sealed class BridgeClockTests
{
    /// <summary>What a kernel of each usual number of ticks a second makes of each time: there and back, rounded down both times.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(300)]
    [InlineData(1000)]
    public void A_time_is_kept_whatever_the_ticks(int ticksPerSecond)
    {
        for (uint given = 0; given < 3000; given++)
        {
            uint kept = given * (uint)ticksPerSecond / 100 * 100 / (uint)ticksPerSecond;
            Assert.True(BridgeClock.IsKept(given, kept), $"{given} came back as {kept}");
        }
    }

    [Fact]
    public void Another_time_is_not_kept()
    {
        Assert.False(BridgeClock.IsKept(123, 121));
        Assert.False(BridgeClock.IsKept(123, 125));
        Assert.False(BridgeClock.IsKept(0, null));
        Assert.Equal(123u, BridgeClock.ToCentiseconds(TimeSpan.FromSeconds(1.234)));
        Assert.Equal(TimeSpan.FromSeconds(1.23), BridgeClock.ToTime(123));
    }
}
