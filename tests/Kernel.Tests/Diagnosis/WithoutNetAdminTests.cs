using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Kernel.Tests.Bridging;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>A caller without CAP_NET_ADMIN: nobody looks at the user id beforehand, the kernel answers, and the answer is explained.</summary>
public sealed class WithoutNetAdminTests
{
    [Fact]
    public void Every_change_is_denied_with_the_capability_that_is_missing()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:01"] });
        bench.Create(w => w with { Name = "m1", Mode = LinkMode.Private });
        Lab.AddBridge(bench.Namespace, "br0", "p1");
        string before = Settings(bench);

        WithoutCapability.Run(() =>
        {
            using LinkSession session = LinkSession.Open(bench.Namespace);
            var ports = new BenchPorts(session);
            var link = (MacvlanLink)session.Reader.Find("m0")!;
            BridgePort port = BridgePortClient.AsPort(session.Reader.Find("p1")!)!;
            MacvlanSpecification wanted = bench.Wanted with { Name = "m2" };

            Denied(() => session.Creator.Create(wanted), f => CreationCauses.Explain(f, wanted, session.Reader));
            Denied(() => session.Changer.SetMode(link, LinkMode.Bridge, null, null), f => ChangeCauses.ExplainMode(f, link, LinkMode.Bridge, false));
            Denied(() => session.Changer.SetMode(link, LinkMode.Passthru, null, null), f => ChangeCauses.ExplainMode(f, link, LinkMode.Passthru, false));
            Denied(() => session.Changer.SetUp(link, true), f => ChangeCauses.ExplainUp(f, link, session.Reader));
            Denied(() => throw session.Remover.Remove(link).Failure!, f => ChangeCauses.ExplainRemoval(f, link));
            foreach (RemovalOutcome outcome in session.Remover.Remove([link, session.Reader.Find("m1")!]))
                Denied(() => throw outcome.Failure!, f => ChangeCauses.ExplainRemoval(f, link));
            Denied(() => ports.SetHairpin(port, true), f => GeneralCauses.Explain(f, port));
            Denied(() => ports.Remove(port), f => GeneralCauses.Explain(f, port));
            Denied(() => ports.Add(session.Reader.Find("p0")!, session.Reader.Find("br0")!), f => PortCauses.ExplainAdd(f, link, link, session.Reader));
        });

        Assert.Equal(before, Settings(bench));
    }

    [Fact]
    public void What_would_be_denied_is_known_beforehand_and_changes_nothing()
    {
        using LinkBench bench = new();
        string before = Settings(bench);
        Assert.Equal(default, MacvlanPreflight.Check(bench.Wanted, LinkSnapshot.Take(bench.Session)));
        WithoutCapability.Run(() =>
        {
            using LinkSession session = LinkSession.Open(bench.Namespace);
            Denied(() => MacvlanPreflight.Check(bench.Wanted, LinkSnapshot.Take(session)), f => CreationCauses.Explain(f, bench.Wanted, session.Reader));
        });
        Assert.Equal(before, Settings(bench));
    }

    [Fact]
    public void Reading_goes_on_as_usual()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:01"] });
        Lab.AddBridge(bench.Namespace, "br0", "p1");
        WithoutCapability.Run(() =>
        {
            using LinkSession session = LinkSession.Open(bench.Namespace);
            Assert.Equal(["lo", "p1", "p0", "m0", "br0"], session.Reader.List().Links.Select(l => l.Name));
            Assert.Equal(["02:00:00:00:00:01"], ((MacvlanLink)session.Reader.Find("m0")!).SourceAddress);
            Assert.Equal("p1", Assert.Single(new BenchPorts(session).List()).Name);
        });
    }

    private static void Denied(Action change, Func<KernelException, MacvtapException> explain)
    {
        MacvtapException failure = explain(Assert.ThrowsAny<KernelException>(change));
        Assert.Equal(FailureId.AccessDenied, failure.Id);
        Assert.Contains("CAP_NET_ADMIN", failure.Message);
        Assert.NotEmpty(failure.Advice!);
    }

    /// <summary>What a change would have changed.</summary>
    private static string Settings(LinkBench bench) => string.Join(
        Environment.NewLine,
        bench.Session.Reader.List().Links.Select(l =>
            $"{l.Name} {l.AdministrativeStatus} {l.Master} {l.Group} {(l as MacvlanLink)?.Mode} {BridgePortClient.AsPort(l)?.Hairpin} {string.Join(',', (l as MacvlanLink)?.SourceAddress ?? [])}"));
}
