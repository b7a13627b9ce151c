using System.Text.Json;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>From every mode to every mode: what the kernel has afterwards, and what it refuses.</summary>
public sealed class ModeChangeTests
{
    public static MatrixTheoryData<bool, bool> KindsAndStates => new([true, false], [true, false]);

    [Theory]
    [MemberData(nameof(KindsAndStates))]
    public void Every_mode_changes_to_every_mode_but_to_and_from_passthru(bool isTap, bool up)
    {
        using LinkBench bench = new();
        foreach (LinkMode from in Enum.GetValues<LinkMode>())
        {
            foreach (LinkMode to in Enum.GetValues<LinkMode>())
            {
                string name = $"{from}{to}"[..Math.Min(15, $"{from}{to}".Length)];
                bench.Create(w => w with { Name = name, IsTap = isTap, Mode = from, Up = up });
                bool isPossible = from == LinkMode.Passthru == (to == LinkMode.Passthru);
                if (isPossible)
                {
                    ChangeResult<Link> result = bench.SetMode(name, to);
                    Assert.Empty(result.Differences);
                    Assert.Equal(to, Assert.IsType<MacvlanLink>(result.Link, exactMatch: false).Mode);
                }
                else
                {
                    MacvtapException failure = Assert.Throws<MacvtapException>(() => bench.SetMode(name, to));
                    Assert.Equal(FailureId.ModeChangeNotAllowed, failure.Id);
                    Assert.Contains($"from {from} to {to}", failure.Message);
                    Assert.Contains($"-Mode {to}", failure.Advice);
                    Assert.Contains(isTap ? "New-MacvtapLink" : "New-MacvlanLink", failure.Advice);
                }

                Assert.Equal((isPossible ? to : from).ToString().ToLowerInvariant(), ModeOfIp(bench, name));
                bench.Ip($"link delete {name}");
            }
        }
    }

    [Fact]
    public void Source_addresses_are_replaced_and_dropped_on_leaving_source_mode()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:00:00:00:00:01", "02:00:00:00:00:02"] });

        ChangeResult<Link> replaced = bench.SetMode("m0", LinkMode.Source, sourceAddress: ["02:00:00:00:00:03"]);
        Assert.Equal(["02:00:00:00:00:03"], ((MacvlanLink)replaced.Link).SourceAddress);
        bench.SetMode("m0", LinkMode.Source);
        Assert.Equal(["02:00:00:00:00:03"], ((MacvlanLink)bench["m0"]).SourceAddress);
        bench.SetMode("m0", LinkMode.Bridge);
        bench.SetMode("m0", LinkMode.Source);
        Assert.Empty(((MacvlanLink)bench["m0"]).SourceAddress);
        bench.SetMode("m0", LinkMode.Source, sourceAddress: ["02:00:00:00:00:04"]);
        Assert.Empty(((MacvlanLink)bench.SetMode("m0", LinkMode.Source, sourceAddress: []).Link).SourceAddress);
    }

    [Fact]
    public void Flags_are_replaced_when_given_and_kept_when_not()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Source, Flag = ModeFlag.NoDestination });

        bench.SetMode("m0", LinkMode.Vepa);
        Assert.Equal(ModeFlag.NoDestination, ((MacvlanLink)bench["m0"]).ModeFlag);
        ChangeResult<Link> result = bench.SetMode("m0", LinkMode.Source, ModeFlag.None);
        Assert.Empty(result.Differences);
        Assert.Equal(ModeFlag.None, ((MacvlanLink)bench["m0"]).ModeFlag);
    }

    [Fact]
    public void Source_addresses_for_another_mode_are_refused_and_so_is_a_number_that_is_no_mode()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Vepa });

        MacvtapException addresses = Assert.Throws<MacvtapException>(() => bench.SetMode("m0", LinkMode.Vepa, sourceAddress: ["02:00:00:00:00:01"]));
        Assert.Equal(FailureId.ParameterInvalid, addresses.Id);
        Assert.Contains("Source", addresses.Message);
        MacvtapException number = Assert.Throws<MacvtapException>(() => bench.SetMode("m0", (LinkMode)3));
        Assert.Equal(FailureId.ParameterInvalid, number.Id);
        Assert.Contains("3 is no mode", number.Message);
        Assert.Equal("vepa", ModeOfIp(bench, "m0"));
    }

    [Fact]
    public void Flag_bits_that_do_not_exist_are_refused_in_words()
    {
        using LinkBench bench = new();
        bench.Create();

        foreach (int bits in new[] { 4, 0x8000, 0x10000, -1 })
        {
            MacvtapException failure = Assert.Throws<MacvtapException>(() => bench.SetMode("m0", LinkMode.Bridge, (ModeFlag)bits));
            Assert.Equal(FailureId.ParameterInvalid, failure.Id);
            Assert.Contains($"{bits} is no flag", failure.Message);
        }

        Assert.Equal(ModeFlag.None, ((MacvlanLink)bench["m0"]).ModeFlag);
    }

    [Fact]
    public void A_link_that_is_gone_is_reported_as_gone()
    {
        using LinkBench bench = new();
        MacvlanLink link = bench.Create();
        bench.Ip("link delete m0");

        KernelException failure = Assert.ThrowsAny<KernelException>(() => bench.Session.Changer.SetMode(link, LinkMode.Vepa, null, null));
        Assert.Equal(FailureId.LinkNotFound, ChangeCauses.ExplainMode(failure, link, LinkMode.Vepa, hasSourceAddress: false).Id);
    }

    private static string? ModeOfIp(LinkBench bench, string name)
    {
        JsonElement link = Lab.IpJson(bench.Namespace, $"link show {name}")[0];
        return link.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString();
    }
}
