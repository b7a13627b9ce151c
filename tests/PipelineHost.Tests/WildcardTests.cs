using System.Management.Automation;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>Wildcards.</summary>
public sealed class WildcardTests
{
    [Theory]
    [InlineData("m*", "mvt0", true)]
    [InlineData("M*", "mvt0", true)]
    [InlineData("m?t[0-3]", "mvt3", true)]
    [InlineData("m?t[0-3]", "mvt4", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("a`*", "a*", true)]
    [InlineData("a`*", "ab", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("", "", true)]
    [InlineData("[a-]", "-", true)]
    public void Matches(string pattern, string input, bool expected) =>
        Assert.Equal(expected, new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(input));

    [Fact]
    public void Case_matters_without_the_option() => Assert.False(new WildcardPattern("M*").IsMatch("mvt0"));

    [Fact]
    public void Escape_and_unescape_are_inverse()
    {
        Assert.Equal("a`*`[b`]", WildcardPattern.Escape("a*[b]"));
        Assert.Equal("a*[b]", WildcardPattern.Unescape("a`*`[b`]"));
        Assert.True(WildcardPattern.ContainsWildcardCharacters("a*"));
        Assert.False(WildcardPattern.ContainsWildcardCharacters("a`*"));
    }

    [Fact]
    public void Unfinished_set_is_refused() => Assert.Throws<WildcardPatternException>(() => new WildcardPattern("[a"));
}
