using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Routing;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Routing;

/// <summary>What a switch for all links overwrote comes back where the next one is refused: in a mount namespace whose kernel has no settings of IPv6, it seems.</summary>
public sealed class ForwardingUndoTests
{
    private const string WithoutIPv6 = "ip link add a0 type veth peer name b0 && sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.a0.forwarding=1 && mount -t tmpfs none /proc/sys/net/ipv6";
    private const string LinkReadOnly = "mount --bind /proc/sys/net/ipv4/conf/a0 /proc/sys/net/ipv4/conf/a0 && mount -o remount,bind,ro /proc/sys/net/ipv4/conf/a0";
    private static readonly ForwardingChange Both = new(true, true, null);

    [Fact]
    public void Each_link_has_its_own_value_again() => Run(nameof(InWithoutIPv6), WithoutIPv6);

    [Fact]
    public void What_cannot_be_set_back_is_named() => Run(nameof(InLinkReadOnly), $"{WithoutIPv6} && {LinkReadOnly}");

    [InnerFact]
    public void InWithoutIPv6()
    {
        using LinkSession session = LinkSession.Open();
        ForwardingFailure failure = new ForwardingClient(session.Namespace).Set(null, Both)!;
        Assert.Equal((Errno.ENOENT, "ipv6/conf/all/forwarding"), (failure.Error, failure.Path));
        Assert.Empty(failure.Standing);
        Assert.Equal("0 0 0 1 0", Values());
    }

    [InnerFact]
    public void InLinkReadOnly()
    {
        using LinkSession session = LinkSession.Open();
        ForwardingFailure failure = new ForwardingClient(session.Namespace).Set(null, Both)!;
        Assert.Equal(["net.ipv4.conf.a0.forwarding is 0 and was 1"], failure.Standing);
        Assert.Equal("0 0 0 0 0", Values());
        MacvtapException told = ForwardingCauses.Explain(failure, null);
        Assert.Equal((FailureId.ParameterInvalid, FailureCause.SettingMissing), (told.Id, told.Cause));
        Assert.Contains(failure.Standing[0], told.Message, StringComparison.Ordinal);
    }

    /// <summary>The switch, what follows it, the value for links to come, and the two links.</summary>
    private static string Values() => string.Join(' ', new[] { "ip_forward", "conf/all/accept_redirects", "conf/default/forwarding", "conf/a0/forwarding", "conf/b0/forwarding" }.Select(s => File.ReadAllText($"/proc/sys/net/ipv4/{s}").Trim()));

    private static void Run(string inner, string prepare)
    {
        Requires.Program("unshare");
        Requires.Program("sysctl");
        Requires.NetworkNamespaces();
        Inner.Run(typeof(ForwardingUndoTests), inner, "unshare", "--mount", "--net", "sh", "-c", $"{prepare} && exec \"$@\"", "sh");
    }
}
