using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Tests.Links;

public sealed class LinkIdentityTests
{
    [Theory]
    [InlineData("old", "dummy", "dummy", null, true)]
    [InlineData("old", "dummy", "macvtap", null, false)]
    [InlineData("new", "dummy", "dummy", null, true)]
    [InlineData("new", "macvtap", "macvtap", LinkMode.Bridge, true)]
    [InlineData("new", "macvtap", "macvtap", LinkMode.Passthru, false)]
    [InlineData("old", "macvtap", "macvtap", LinkMode.Passthru, true)]
    public void A_renamed_link_is_known_by_an_address_of_its_own(string name, string kind, string earlierKind, LinkMode? mode, bool isSame)
    {
        Assert.Equal(isSame, LinkIdentity.IsSame(Read(name, kind, mode), Read("old", earlierKind, mode)));
    }

    private static Link Read(string name, string kind, LinkMode? mode)
    {
        using var kernel = new FakeKernel();
        kernel.Add(2, "eth0", null);
        FakeLink link = kernel.Add(7, name, kind, mode is null ? 0 : 2);
        if (mode is { } wanted) link.Mode = wanted;
        return kernel.Get(7);
    }
}
