using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>A user namespace that knows one user and one group.</summary>
public sealed class UserNamespaceTests
{
    private const uint Unknown = 4711;

    [Fact]
    public void An_owner_whom_the_user_namespace_does_not_know_is_refused()
    {
        Requires.UserNamespaces();
        Requires.ClassicTaps();
        Inner.Run(typeof(UserNamespaceTests), nameof(InUserNamespace), "unshare", "--user", "--map-root-user", "--net");
    }

    [InnerFact]
    public void InUserNamespace()
    {
        using LinkSession session = LinkSession.Open();
        var wanted = new TapSpecification { Name = "t0" };
        foreach (TapSpecification one in new[] { wanted with { Owner = Unknown }, wanted with { Group = Unknown } })
        {
            KernelException predicted = Assert.Throws<PredictedRefusal>(() => OtherKindPreflight.CheckTap(one, LinkSnapshot.Take(session)));
            KernelException refused = Assert.Throws<KernelException>(() => session.TapCreator.Create(one, out _));
            Assert.Equal((Errno.EINVAL, refused.Operation), (predicted.Errno, predicted.Operation));
            MacvtapException failure = TapCreationCauses.Explain(refused, one, session.Reader);
            Assert.Equal((FailureId.ParameterInvalid, FailureCause.AccountNotMapped), (failure.Id, failure.Cause));
            Assert.Contains("_map", failure.Advice, StringComparison.Ordinal);
            Assert.Null(session.Reader.Find("t0"));
        }

        Assert.Null(OtherKindPreflight.CheckTap(wanted with { Owner = 0, Group = 0 }, LinkSnapshot.Take(session)).Unknown);
        Assert.NotNull(session.TapCreator.Create(wanted with { Owner = 0, Group = 0 }, out _));
    }
}
