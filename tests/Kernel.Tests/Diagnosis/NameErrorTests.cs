using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

public sealed class NameErrorTests
{
    /// <summary>Names, and whether a link can have them. The kernel's own word is asked for each.</summary>
    public static TheoryData<string, bool> Verdicts => new()
    {
        { "m", true },
        { "abcdefghijklmno", true },
        { "abcdefghijklmnop", false },
        { "", false },
        { ".", false },
        { "..", false },
        { "...", true },
        { "all", false },
        { "default", false },
        { "a/b", false },
        { "a:b", false },
        { "a b", false },
        { "a\tb", false },
        { "a\u000bb", false },
        { "a\u0001b", true },
        { "a\u001cb", true },
        { "ä", true },
        { "à", false }, // c3 a0
        { "grüße", true },
        { "ééééééé", true }, // 14 bytes
        { "éééééééé", false }, // 16 bytes
        { "a%db", true },
        { "%d", true },
        { "a%d%d", false },
        { "a%", false },
        { "a%s", false },
        { "a%%d", false },
        { "a%1d", false },
        { "-x", true },
        { "a'\"$(b)", true },
        { "\ud83d\ude00", true },
    };

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void The_library_judges_a_name_as_the_kernel_does(string name, bool isPossible)
    {
        using LinkBench bench = new();
        var link = new LinkSettings { Name = name, LowerIndex = bench.Lower.InterfaceIndex };
        LinkRequests.Create(bench.Session.Conversation.Compose(), link, new MacvlanSettings(MacvlanSettings.Macvlan), echo: false);
        RequestOutcome outcome = bench.Session.Conversation.Exchange()[0];
        if (name.Length > 0) Assert.Equal(isPossible, outcome.Succeeded); // an empty name is none at all for the kernel, which then makes one
        Assert.Equal(isPossible, LinkName.Objection(name) is null);
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_name_that_cannot_be_is_refused_before_the_kernel_is_asked_and_another_is_taken(string name, bool isPossible)
    {
        using LinkBench bench = new();
        if (isPossible)
        {
            Link made = bench.Create(w => w with { Name = name });
            Assert.Equal(name.Replace("%d", "0", StringComparison.Ordinal), made.Name);
            Assert.Equal(made.InterfaceIndex, bench[made.Name].InterfaceIndex);
        }
        else
        {
            MacvtapException failure = bench.RefusedWithAdvice(FailureId.LinkNameInvalid, w => w with { Name = name });
            Assert.Contains($"'{name}'", failure.Message);
            Assert.Equal(name, failure.Target);
        }
    }

    [Fact]
    public void Without_a_name_the_kernel_makes_one()
    {
        using LinkBench bench = new();
        Assert.Equal("macvtap0", bench.Create(w => w with { Name = null }).Name);
        Assert.Equal("macvtap1", bench.Create(w => w with { Name = null }).Name);
        Assert.Equal("macvlan0", bench.Create(w => w with { Name = null, IsTap = false }).Name);
        Assert.Equal("vm0", bench.Create(w => w with { Name = "vm%d" }).Name);
        Assert.Equal("vm1", bench.Create(w => w with { Name = "vm%d" }).Name);
    }

    [Fact]
    public void A_name_that_is_taken_is_named_with_its_owner()
    {
        using LinkBench bench = new();
        MacvlanLink first = bench.Create();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.LinkExists, w => w with { Name = "m0" });
        Assert.Contains("m0 exists already", failure.Message);
        Assert.Contains($"index {first.InterfaceIndex}", failure.Message);
        bench.Ip("link property add dev m0 altname other");
        Assert.Contains("other exists already", bench.RefusedWithAdvice(FailureId.LinkExists, w => w with { Name = "other" }).Message);
    }

    [Fact]
    public void An_index_that_is_taken_is_named_with_its_owner_and_what_is_none_is_refused()
    {
        using LinkBench bench = new();
        MacvtapException taken = bench.RefusedWithAdvice(FailureId.LinkExists, w => w with { InterfaceIndex = bench["p1"].InterfaceIndex });
        Assert.Contains("p1", taken.Message);
        Assert.Contains($"{bench["p1"].InterfaceIndex}", taken.Message);
        Assert.Contains("from 1 on", bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { InterfaceIndex = -5 }).Message);
        Assert.Contains("from 1 on", bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { InterfaceIndex = 0 }).Message);
    }
}
