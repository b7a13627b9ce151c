using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

public sealed class ParameterErrorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(-1)]
    public void A_number_that_is_no_mode(int mode)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { Mode = (LinkMode)mode });
        Assert.Contains($"{mode} is no mode", failure.Message);
        Assert.Equal(FailureCause.ModeInvalid, failure.Cause);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(0x10000)]
    [InlineData(-1)]
    public void Bits_that_are_no_flags(int bits)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { Flag = (ModeFlag)bits });
        Assert.Contains($"{bits} is no flag", failure.Message);
        Assert.Equal(FailureCause.ModeFlagInvalid, failure.Cause);
    }

    [Theory]
    [InlineData(LinkMode.Private)]
    [InlineData(LinkMode.Vepa)]
    [InlineData(LinkMode.Bridge)]
    [InlineData(LinkMode.Passthru)]
    public void Source_addresses_outside_source_mode(LinkMode mode)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { Mode = mode, SourceAddress = ["02:00:00:00:00:01"] });
        Assert.Contains("only the mode Source", failure.Message);
    }

    [Fact]
    public void More_source_addresses_than_the_kernel_can_report()
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { Mode = LinkMode.Source, SourceAddress = [.. SourceAddresses.Make(5401)] });
        Assert.Contains("5401", failure.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5000)]
    public void Numbers_of_queues_that_cannot_be(int queues)
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { QueueCount = queues });
        Assert.Contains("queues", failure.Message);
        Assert.Contains("4096", failure.Advice);
    }

    [Fact]
    public void The_kernels_own_words_count_more_than_a_guess()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Name = "owner", Mode = LinkMode.Passthru });
        Assert.Contains("queues", bench.Refused(FailureId.ParameterInvalid, w => w with { QueueCount = 5000 }).Message);
    }

    [Fact]
    public void An_alias_of_256_bytes_and_one_of_255()
    {
        using LinkBench bench = new();
        string longest = new('x', 255);
        bench.Refused(FailureId.ParameterInvalid, w => w with { Alias = longest + "x" });
        bench.Refused(FailureId.ParameterInvalid, w => w with { Alias = new string('ä', 128) });
        Assert.Equal(longest, bench.Create(w => w with { Alias = longest }).Alias);
    }

    [Fact]
    public void A_number_that_is_no_way_to_generate_addresses()
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { AddressGeneration = (AddressGeneration)9 });
        Assert.Equal(FailureCause.AddressGenerationInvalid, failure.Cause);
    }

    [Fact]
    public void Stable_addresses_without_a_secret()
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { AddressGeneration = AddressGeneration.StablePrivacy });
        Assert.Contains("secret", failure.Message);
        Assert.Contains("stable_secret", failure.Advice);
    }

    [Fact]
    public void Addresses_on_a_link_that_is_too_small_for_IPv6()
    {
        using LinkBench bench = new();
        MacvtapException failure = bench.RefusedWithAdvice(FailureId.ParameterInvalid, w => w with { AddressGeneration = AddressGeneration.Eui64, Mtu = 1279 });
        Assert.Contains("IPv6", failure.Message);
        bench.Create(w => w with { AddressGeneration = AddressGeneration.Eui64, Mtu = 1280 });
    }

    [Fact]
    public void A_failure_after_the_link_was_made_leaves_the_name_and_the_index_free()
    {
        using LinkBench bench = new();
        int index = Lab.NewIndex();
        bench.Refused(FailureId.ParameterInvalid, w => w with { InterfaceIndex = index, Alias = new string('x', 256), Up = true });
        Assert.Equal(index, bench.Create(w => w with { InterfaceIndex = index }).InterfaceIndex);
    }
}
