using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

public sealed class MtuErrorTests
{
    [Theory]
    [InlineData(68)]
    [InlineData(1500)]
    public void What_the_device_allows_is_taken(int mtu)
    {
        using LinkBench bench = new();
        Assert.Equal(mtu, bench.Create(w => w with { Mtu = mtu }).Mtu);
    }

    [Theory]
    [InlineData(-1, "68 and 65535")]
    [InlineData(0, "68 and 65535")]
    [InlineData(67, "68 and 65535")]
    [InlineData(65536, "68 and 65535")]
    [InlineData(1501, "above that of p0, 1500")]
    [InlineData(65535, "above that of p0, 1500")]
    public void What_it_does_not_is_refused_with_its_bounds(int mtu, string why)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.Refused(FailureId.MtuOutOfRange, w => w with { Mtu = mtu });
        Assert.Contains(why, failure.Message);
        Assert.Equal(mtu, failure.Target);
    }

    [Fact]
    public void The_way_out_is_named_where_there_is_one()
    {
        using LinkBench bench = new();
        Assert.Contains("at most 1500", bench.RefusedWithAdvice(FailureId.MtuOutOfRange, w => w with { Mtu = 1501 }).Advice);
    }
}
