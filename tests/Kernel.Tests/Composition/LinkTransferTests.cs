using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Composition;

/// <summary>What a move cannot put back is told with the line that would.</summary>
public sealed class LinkTransferTests
{
    [Fact]
    public void A_way_of_making_addresses_whose_secret_stayed_behind_is_told()
    {
        using LinkBench bench = new();
        MacvlanLink link = bench.Create(w => w with { Name = "m0" });
        Programs.Run("ip", "netns", "exec", bench.Namespace, "sysctl", "-qw", "net.ipv6.conf.m0.stable_secret=2001:db8::1");
        bench.Ip("link set m0 addrgenmode stable_secret");
        using LinkSession there = LinkSession.Open(bench.Lab.NewNamespace());
        List<string> lost = [];

        Link moved = new LinkTransfer(bench.Session, there).Move(bench["m0"], "m1", null, lost.Add);

        Assert.Equal(("m1", link.MacAddress), (moved.Name, moved.MacAddress));
        string told = Assert.Single(lost);
        Assert.Contains("StablePrivacy needs a secret", told, StringComparison.Ordinal);
        Assert.Contains($"Set-Link m1 -AddressGeneration StablePrivacy -NetworkNamespace {there.Reader.NetworkNamespace}", told, StringComparison.Ordinal);
    }

    [Fact]
    public void In_its_own_namespace_a_link_stays_on_and_gets_no_other_index()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Name = "m0", Up = true });
        LinkTransfer transfer = new(bench.Session, bench.Session);

        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => transfer.Move(bench["m0"], null, 777777, _ => { })).Id);
        Assert.Equal(("m1", AdministrativeStatus.Up), transfer.Move(bench["m0"], "m1", null, _ => { }) is { } renamed ? (renamed.Name, renamed.AdministrativeStatus) : default);
        Assert.Null(transfer.Foretell(bench["m1"]));
    }
}
