using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

public sealed class ArgumentTemplateTests
{
    private static readonly PlaceholderValues First = new("mvt0", "52:54:00:00:00:01", 10, [3]);
    private static readonly PlaceholderValues Second = new("mvt1", "52:54:00:00:00:02", 0, [4, 5, 6]);

    [Theory]
    [InlineData("", "")]
    [InlineData("plain, text", "plain, text")]
    [InlineData("fd={fd}", "fd=3")]
    [InlineData("{fds}", "3")]
    [InlineData("{fd1}", "3")]
    [InlineData("{mac}{name}", "52:54:00:00:00:01mvt0")]
    [InlineData("{vnethdrsz}", "10")]
    [InlineData("{{fd}}", "{fd}")]
    [InlineData("{{{fd}}}", "{3}")]
    [InlineData("}}{{", "}{")]
    [InlineData("{{\"a\":{{\"fd\":{fd}}}}}", "{\"a\":{\"fd\":3}}")]
    public void One_device(string argument, string filled)
    {
        ArgumentTemplate.Check(argument, 1);
        Assert.Equal(filled, ArgumentTemplate.Fill(argument, [First]));
    }

    [Theory]
    [InlineData("{fd1} {fds2}", "3 4:5:6")]
    [InlineData("{mac2} {mac1}", "52:54:00:00:00:02 52:54:00:00:00:01")]
    [InlineData("{vnethdrsz2} {name2}", "0 mvt1")]
    public void Two_devices(string argument, string filled)
    {
        ArgumentTemplate.Check(argument, 2);
        Assert.Equal(filled, ArgumentTemplate.Fill(argument, [First, Second]));
    }

    [Theory]
    [InlineData("{fdx}", 1)]
    [InlineData("{}", 1)]
    [InlineData("{FD}", 1)]
    [InlineData("{1}", 1)]
    [InlineData("{fd", 1)]
    [InlineData("fd}", 1)]
    [InlineData("{{{fd}}", 1)]
    [InlineData("{fd0}", 1)]
    [InlineData("{fd2}", 1)]
    [InlineData("{fd99999999999}", 1)]
    [InlineData("{fd}", 2)]
    [InlineData("{mac}", 2)]
    [InlineData("{fd3}", 2)]
    [InlineData("{fd}", 0)]
    public void What_cannot_be_filled_in_is_said_before_anything_is_opened(string argument, int deviceCount)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => ArgumentTemplate.Check(argument, deviceCount));
        Assert.Equal(FailureId.PlaceholderInvalid, failure.Id);
        Assert.Contains(argument, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Advice);
    }

    [Fact]
    public void One_descriptor_of_several_queues_is_refused_for_the_others_would_have_no_reader()
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => ArgumentTemplate.Fill("{fd2}", [First, Second]));
        Assert.Equal(FailureId.PlaceholderInvalid, failure.Id);
        Assert.Contains("3 queues", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a{b}c")]
    [InlineData("{{fd}}")]
    [InlineData("}{")]
    public void What_is_escaped_comes_out_as_it_was(string text) => Assert.Equal(text, ArgumentTemplate.Fill(ArgumentTemplate.Escape(text), [First]));
}
