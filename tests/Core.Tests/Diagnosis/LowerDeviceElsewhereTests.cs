using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;
using MacvtapTools.Tests.Links;
using Xunit;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>A lower device in a namespace that cannot be looked into, and another link that has its index here.</summary>
public sealed class LowerDeviceElsewhereTests
{
    [Fact]
    public void An_MTU_that_is_refused_is_not_laid_to_a_link_that_only_has_the_index()
    {
        using var kernel = new FakeKernel();
        kernel.Add(5, "trap", "dummy").Mtu = 1280;
        kernel.Add(3, "tap", "macvtap", 5).LowerNamespaceId = 9;
        LinkEditFailure refused = new(NumberChange.Mtu(kernel.Get(3), 1600), new KernelException(Errno.EINVAL, "set Mtu of tap"), null, []);
        MacvtapException explained = EditCauses.Explain(refused, 1, kernel.Reader);
        Assert.Equal(FailureCause.MtuAboveLowerDevice, explained.Cause);
        Assert.Contains("no name here", explained.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("trap", explained.Message + explained.Advice, StringComparison.Ordinal);
    }
}
