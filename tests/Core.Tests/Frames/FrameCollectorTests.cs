using MacvtapTools.Frames;
using Xunit;

namespace MacvtapTools.Core.Tests.Frames;

public sealed class FrameCollectorTests
{
    [Fact]
    public void A_source_that_never_ends_leaves_the_others_their_turn()
    {
        CountingSource busy = new("busy", 0, int.MaxValue), quiet = new("quiet", 0, 2), other = new("other", 0, 200);
        using var collector = new FrameCollector([busy, quiet, other], FrameFilter.Everything, CancellationToken.None);
        Dictionary<IFrameSource, int> taken = [];
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(collector.TryNext(long.MaxValue, out _, out IFrameSource? source));
            taken[source!] = taken.GetValueOrDefault(source!) + 1;
        }

        Assert.Equal((798, 2, 200), (taken[busy], taken[quiet], taken[other]));
    }
}
