using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Tests;

/// <summary>What is advised is typed: into a shell that takes names apart, and in another network namespace than the link's.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("eth0.100", "eth0.100")]
    [InlineData("veth@if2", "veth@if2")]
    [InlineData("br-lan_1", "br-lan_1")]
    [InlineData("52:54:00:12:34:56", "52:54:00:12:34:56")]
    [InlineData("10.0.0.1/24", "10.0.0.1/24")]
    [InlineData("/run/netns/blue", "/run/netns/blue")]
    [InlineData("", "''")]
    [InlineData("a;b", "'a;b'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("x;$y", "'x;$y'")]
    [InlineData("web server", "'web server'")]
    [InlineData("/run/netns/web server", "'/run/netns/web server'")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("a`b", "'a`b'")]
    [InlineData("#a", "'#a'")]
    [InlineData("-v", "'-v'")]
    [InlineData("@a", "'@a'")]
    [InlineData("\u2013v", "'\u2013v'")]
    [InlineData("42", "'42'")]
    [InlineData("0x1f", "'0x1f'")]
    [InlineData("1.5", "'1.5'")]
    [InlineData(".5", "'.5'")]
    [InlineData("é", "'é'")]
    public void A_text_is_one_argument(string text, string expected) => Assert.Equal(expected, CommandText.Word(text));

    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("x*", "'x`*'")]
    [InlineData("x[1]?", "'x`[1`]`?'")]
    [InlineData("a`b", "'a``b'")]
    public void A_name_is_no_pattern(string name, string expected) => Assert.Equal(expected, CommandText.Pattern(name));

    [Theory]
    [InlineData("eth0", null, null, "Set-Link eth0")]
    [InlineData("eth0", null, "-Mtu 9000", "Set-Link eth0 -Mtu 9000")]
    [InlineData("eth0", "blue", "-Mtu 9000", "Set-Link eth0 -Mtu 9000 -NetworkNamespace blue")]
    [InlineData("a;b", "web server", null, "Set-Link 'a;b' -NetworkNamespace 'web server'")]
    [InlineData("eth0", "/proc/42/ns/net", null, "Set-Link eth0 -NetworkNamespace /proc/42/ns/net")]
    public void A_command_is_about_one_link_wherever_it_is_typed(string link, string? networkNamespace, string? rest, string expected) =>
        Assert.Equal(expected, CommandText.For("Set-Link", link, networkNamespace, rest));

    [Theory]
    [InlineData(null, "tc qdisc")]
    [InlineData("blue", "ip netns exec blue tc qdisc")]
    [InlineData("web server", "ip netns exec 'web server' tc qdisc")]
    [InlineData("/proc/42/ns/net", "nsenter --net=/proc/42/ns/net tc qdisc")]
    [InlineData("42", "nsenter --target 42 --net tc qdisc")]
    public void Another_program_is_run_in_the_namespace(string? networkNamespace, string expected) => Assert.Equal(expected, CommandText.Program("tc qdisc", networkNamespace));
}
