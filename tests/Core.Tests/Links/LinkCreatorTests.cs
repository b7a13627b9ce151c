using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Netlink;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Links;

public sealed class LinkCreatorTests : IDisposable
{
    private readonly FakeKernel _kernel = new();
    private readonly LinkCreator _creator;

    public LinkCreatorTests()
    {
        _kernel.Add(2, "eth0", null).Address = "02:00:00:00:00:ee";
        _creator = new LinkCreator(_kernel.Conversation, _kernel.Reader);
    }

    private static MacvlanSpecification Plain => new() { IsTap = true, Name = "mvt0", LowerDeviceIndex = 2, LowerDevice = "eth0" };

    /// <summary>Takes four requests after the one that creates: alias, address generation, switch on, read back.</summary>
    private static MacvlanSpecification Finished => Plain with { Alias = "vm", AddressGeneration = AddressGeneration.None, Up = true };

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_link_is_made_as_it_was_asked_for_in_one_exchange()
    {
        ChangeResult<Link> result = _creator.Create(Plain with
        {
            InterfaceIndex = 42,
            Mode = LinkMode.Source,
            Flag = ModeFlag.NoDestination,
            MacAddress = "02-00-00-00-00-AA",
            Mtu = 1400,
            TransmitQueueLength = 9,
            QueueCount = 3,
            BroadcastQueueLength = 77,
            BroadcastCutoff = -1,
            SourceAddress = ["0200.0000.0001", "02:00:00:00:00:02", "02-00-00-00-00-01"],
            Up = true,
        });
        Assert.Empty(result.Differences);
        MacvtapLink link = Assert.IsType<MacvtapLink>(result.Link);
        Assert.Equal(("mvt0", 42, "eth0", LinkMode.Source), (link.Name, link.InterfaceIndex, link.LowerDevice, link.Mode));
        Assert.Equal(AdministrativeStatus.Up, link.AdministrativeStatus);
        Assert.Equal(["NEWLINK 42"], _kernel.Log);
        Assert.Equal("02:00:00:00:00:aa", _kernel.Links[42].Address);
        Assert.Equal((77u, -1, 3u), (_kernel.Links[42].QueueLength, _kernel.Links[42].Cutoff, _kernel.Links[42].Queues));
    }

    [Fact]
    public void What_a_create_message_cannot_carry_follows_in_one_more_and_switching_on_is_last()
    {
        ChangeResult<Link> result = _creator.Create(Finished);
        Assert.Empty(result.Differences);
        Assert.Equal(["NEWLINK mvt0", "SETLINK 3", "SETLINK 3", "SETLINK 3", "GETLINK 3"], _kernel.Log);
        Assert.Equal(2, _kernel.Channel.Sent.Count);
        Assert.Equal(("vm", AddressGeneration.None, AdministrativeStatus.Up), (result.Link.Alias, result.Link.AddressGeneration, result.Link.AdministrativeStatus));
    }

    [Fact]
    public void It_is_down_while_it_is_unfinished()
    {
        uint? flags = null;
        _kernel.Meanwhile = send => flags = send == 2 ? _kernel.Links[3].Flags : flags;
        _creator.Create(Finished);
        Assert.Equal(0u, flags);
    }

    [Fact]
    public void A_refused_create_leaves_nothing_and_removes_nothing()
    {
        _kernel.Refuses = (number, _) => number == 1 ? Errno.EBUSY : null;
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _creator.Create(Finished));
        Assert.Equal(Errno.EBUSY, failure.Errno);
        Assert.Contains("create macvtap mvt0 on eth0", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["NEWLINK mvt0"], _kernel.Log);
    }

    [Fact]
    public void A_name_that_is_taken_leaves_its_owner_alone()
    {
        _kernel.Add(7, "mvt0", "dummy");
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => _creator.Create(Finished)).Errno);
        Assert.Contains(7, _kernel.Links.Keys);
    }

    [Theory]
    [InlineData(2, "set the alias")]
    [InlineData(3, "set the IPv6 address generation")]
    [InlineData(4, "switch on")]
    [InlineData(5, "read back")]
    public void A_refused_finish_removes_the_half_made_link_and_says_what_failed(int number, string step)
    {
        _kernel.Refuses = (n, _) => n == number ? Errno.EADDRINUSE : null;
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _creator.Create(Finished));
        Assert.Equal(Errno.EADDRINUSE, failure.Errno);
        Assert.Contains(step, failure.Message, StringComparison.Ordinal);
        Assert.Equal("DELLINK 3", _kernel.Log[^1]);
        Assert.Equal([2], _kernel.Links.Keys);
    }

    [Fact]
    public void A_finish_without_an_answer_removes_the_half_made_link()
    {
        _kernel.Loses = send => send == 2 ? Errno.EAGAIN : null;
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => _creator.Create(Finished)).Id);
        Assert.Equal([2], _kernel.Links.Keys);
    }

    [Fact]
    public void A_finish_whose_answers_were_lost_removes_the_half_made_link()
    {
        _kernel.Loses = send => send == 2 ? Errno.ENOBUFS : null;
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<KernelException>(() => _creator.Create(Finished)).Errno);
        Assert.Equal([2], _kernel.Links.Keys);
    }

    [Theory]
    [InlineData(Errno.None, Errno.EBUSY)]
    [InlineData(Errno.EAGAIN, Errno.None)]
    [InlineData(Errno.ENOBUFS, Errno.None)]
    public void Where_the_removal_fails_too_the_first_failure_is_reported_and_that_the_link_still_stands(Errno lost, Errno refused)
    {
        _kernel.Refuses = (n, line) => n == 4 ? Errno.EADDRINUSE : line.StartsWith("DELLINK", StringComparison.Ordinal) && refused != Errno.None ? refused : null;
        _kernel.Loses = send => send == 3 && lost != Errno.None ? lost : null;
        MacvtapException failure = Assert.Throws<MacvtapException>(() => _creator.Create(Finished));
        Assert.Equal(Errno.EADDRINUSE, failure.Errno);
        Assert.Contains("mvt0 (index 3) still stands", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-InterfaceIndex 3", failure.Advice, StringComparison.Ordinal);
        Assert.Equal("DELLINK 3", _kernel.Log[^1]);
    }

    [Fact]
    public void A_half_made_link_that_went_by_itself_needs_no_words()
    {
        _kernel.Refuses = (n, _) => n == 4 ? Errno.EADDRINUSE : null;
        _kernel.Meanwhile = send =>
        {
            if (send == 3) _kernel.Links.Remove(3);
        };
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<NetlinkException>(() => _creator.Create(Finished)).Errno);
    }

    [Fact]
    public void No_answer_to_the_create_itself_removes_nothing_because_nothing_is_known()
    {
        _kernel.Loses = send => send == 1 ? Errno.EAGAIN : null;
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => _creator.Create(Finished)).Id);
        Assert.Equal(["NEWLINK mvt0"], _kernel.Log);
    }

    [Fact]
    public void No_address_generation_where_there_is_no_ipv6_is_what_was_wanted()
    {
        _kernel.Refuses = (n, _) => n == 3 ? Errno.EAFNOSUPPORT : null;
        Assert.Equal("mvt0", _creator.Create(Finished).Link.Name);
        _kernel.Refuses = (n, _) => n == 8 ? Errno.EAFNOSUPPORT : null;
        Assert.Throws<NetlinkException>(() => _creator.Create(Finished with { Name = "mvt1", AddressGeneration = AddressGeneration.StablePrivacy }));
        Assert.DoesNotContain(4, _kernel.Links.Keys);
    }

    [Theory]
    [InlineData("mvt0", null, "GETLINK mvt0")]
    [InlineData(null, 42, "GETLINK 42")]
    [InlineData("mvt%d", 42, "GETLINK 42")]
    public void Without_an_echo_it_is_found_by_name_or_else_by_index(string? name, int? index, string request)
    {
        _kernel.Echoes = false;
        ChangeResult<Link> result = _creator.Create(Plain with { Name = name, InterfaceIndex = index });
        Assert.Equal(request, _kernel.Log[1]);
        Assert.Equal(index ?? 3, result.Link.InterfaceIndex);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mvt%d")]
    public void Without_an_echo_name_and_index_it_is_not_guessed(string? name)
    {
        _kernel.Echoes = false;
        Assert.Equal(Errno.EPROTO, Assert.Throws<KernelException>(() => _creator.Create(Plain with { Name = name })).Errno);
    }

    [Fact]
    public void A_kernel_that_ignores_the_broadcast_queue_is_found_out()
    {
        _kernel.IgnoresQueueLength = true;
        ChangeResult<Link> result = _creator.Create(Plain with { BroadcastQueueLength = 5000, BroadcastCutoff = 3 });
        Assert.Equal([nameof(MacvlanLink.BroadcastQueueLength), nameof(MacvlanLink.BroadcastCutoff)], result.Differences.Select(d => d.Property));
        Assert.Equal("BroadcastQueueLength was to be 5000 and the kernel has nothing: this kernel does not know it.", result.Differences[0].ToString());
    }

    [Fact]
    public void A_passthru_link_that_took_its_lower_devices_address_is_found_out()
    {
        ChangeResult<Link> result = _creator.Create(Plain with { Mode = LinkMode.Passthru, MacAddress = "02:00:00:00:00:77" });
        ReadBackDifference difference = Assert.Single(result.Differences);
        Assert.Equal((nameof(Link.MacAddress), "02:00:00:00:00:77", "02:00:00:00:00:ee"), (difference.Property, difference.Wanted, difference.Actual));
        Assert.Contains("passthru", difference.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_is_compared_with_what_was_made()
    {
        _kernel.After = line =>
        {
            if (line != "SETLINK 42") return;
            FakeLink link = _kernel.Links[42];
            (link.Mode, link.ModeFlags, link.Mtu, link.TransmitQueueLength, link.Queues, link.Alias) = (LinkMode.Bridge, ModeFlag.None, 68, 1, 8, "other");
            link.Sources = ["02:00:00:00:00:09"];
            link.Generation = AddressGeneration.Random;
        };
        ChangeResult<Link> result = _creator.Create(Finished with
        {
            InterfaceIndex = 42, Up = false, Mode = LinkMode.Source, Flag = ModeFlag.NoDestination, Mtu = 1400, TransmitQueueLength = 9, QueueCount = 3, SourceAddress = ["02:00:00:00:00:01"],
        });
        Assert.Equal(
            ["AddressGeneration", "Alias", "Mode", "ModeFlag", "Mtu", "QueueCount", "SourceAddress", "TransmitQueueLength"],
            result.Differences.Select(d => d.Property).Order());
    }

    [Fact]
    public void A_link_on_a_macvlan_shows_the_lower_device_that_it_has()
    {
        _kernel.Add(5, "mvl0", "macvlan", 2);
        Link link = _creator.Create(Plain with { LowerDeviceIndex = 5, LowerDevice = "mvl0" }).Link;
        Assert.Equal((2, "eth0"), (link.LowerDeviceIndex, link.LowerDevice));
    }

    [Fact]
    public void What_cannot_be_is_refused_before_anything_is_sent()
    {
        Assert.Equal(FailureId.LinkNameInvalid, Assert.Throws<MacvtapException>(() => _creator.Create(Plain with { Name = "a/b" })).Id);
        Assert.Equal(FailureId.MacAddressInvalid, Assert.Throws<MacvtapException>(() => _creator.Create(Plain with { MacAddress = "01:00:00:00:00:00" })).Id);
        Assert.Equal(FailureId.MacAddressInvalid, Assert.Throws<MacvtapException>(() => _creator.Create(Plain with { SourceAddress = ["x"] })).Id);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => _creator.Create(Plain with { SourceAddress = new string[5401] })).Id);
        Assert.Equal(FailureId.LinkNameInvalid, Assert.Throws<MacvtapException>(() => _creator.Create(new LinkSettings { Name = string.Empty }, new BridgeSettings())).Id);
        Assert.Empty(_kernel.Channel.Sent);
    }

    [Fact]
    public void Links_of_other_kinds_are_made_too()
    {
        LinkRecord record = _creator.Create(new LinkSettings { Name = "br0", Up = true }, new BridgeSettings { StpState = 1 });
        Assert.Equal(("br0", "bridge", 3), (record.Name, record.Kind, record.Index));
        _kernel.Refuses = (_, _) => Errno.EOPNOTSUPP;
        NetlinkException failure = Assert.Throws<NetlinkException>(() => _creator.Create(new LinkSettings(), new BridgeSettings()));
        Assert.Contains("create bridge (name from the kernel)", failure.Message, StringComparison.Ordinal);
    }
}
