using MacvtapTools.Failures;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Tests.Links;

public sealed class LinkNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("eth0")]
    [InlineData("123456789012345")]
    [InlineData("%d")]
    [InlineData("macvtap%d")]
    [InlineData("a%db")]
    [InlineData("...")]
    [InlineData("-x")]
    [InlineData("a\\b")]
    [InlineData("eth0.100")]
    [InlineData("é")]
    [InlineData("日本語日本")]
    public void Names_that_the_kernel_takes(string name)
    {
        Assert.Null(LinkName.Objection(name));
        LinkName.ThrowIfInvalid(name);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("1234567890123456", "16 bytes")]
    [InlineData("日本語日本語", "18 bytes")]
    [InlineData("a/b", "'/'")]
    [InlineData("a:b", "':'")]
    [InlineData("a b", "space")]
    [InlineData(" a", "space")]
    [InlineData("a\tb", "space")]
    [InlineData("a\n", "space")]
    [InlineData("a\vb", "space")]
    [InlineData("a\0b", "zero byte")]
    [InlineData("à", "byte a0")]
    [InlineData(".", "directory")]
    [InlineData("..", "directory")]
    [InlineData("all", "net.ipv4.conf.all")]
    [InlineData("default", "net.ipv4.conf.default")]
    [InlineData("%", "'%'")]
    [InlineData("%s", "'%'")]
    [InlineData("a%", "'%'")]
    [InlineData("%%d", "'%'")]
    [InlineData("a%d%d", "'%'")]
    [InlineData("a%db%", "'%'")]
    public void Names_that_the_kernel_refuses_have_an_objection(string name, string words)
    {
        Assert.Contains(words, LinkName.Objection(name), StringComparison.Ordinal);
        MacvtapException failure = Assert.Throws<MacvtapException>(() => LinkName.ThrowIfInvalid(name));
        Assert.Equal(FailureId.LinkNameInvalid, failure.Id);
        Assert.Equal(name, failure.Target);
        Assert.NotNull(failure.Advice);
    }
}
