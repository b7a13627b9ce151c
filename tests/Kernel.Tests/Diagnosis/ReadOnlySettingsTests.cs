using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Routing;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>A container whose /proc/sys is read-only: a bind mount of it in a mount namespace of its own.</summary>
public sealed class ReadOnlySettingsTests
{
    private const string Mount = "mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && exec \"$@\"";

    [Fact]
    public void A_setting_that_cannot_be_written_says_why_and_what_would_help()
    {
        Requires.Program("unshare");
        Requires.NetworkNamespaces();
        Inner.Run(typeof(ReadOnlySettingsTests), nameof(InReadOnlySettings), "unshare", "--mount", "--net", "sh", "-c", Mount, "sh");
    }

    [InnerFact]
    public void InReadOnlySettings()
    {
        using LinkSession session = LinkSession.Open();
        var client = new ForwardingClient(session.Namespace);
        var change = new ForwardingChange(true, null, null);
        foreach (string? name in new[] { "lo", null })
        {
            KernelException predicted = Assert.Throws<PredictedRefusal>(() => client.Check(name, change, mayChange: true));
            KernelException refused = client.Set(name, change)!.Refusal;
            Assert.Equal((Errno.EROFS, Errno.EROFS), (predicted.Errno, refused.Errno));
            Assert.Equal(refused.Operation, predicted.Operation);
            MacvtapException failure = ForwardingCauses.Explain(refused, name);
            Assert.Equal((FailureId.AccessDenied, FailureCause.SettingsReadOnly), (failure.Id, failure.Cause));
            Assert.Contains("podman", failure.Advice, StringComparison.Ordinal);
        }
    }
}
