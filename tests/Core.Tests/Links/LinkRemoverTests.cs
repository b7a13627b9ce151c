using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Tests.Links;

/// <summary>Named links go, strangers stay, whatever happens in between. Sends of a removal of many: list, group, list, delete, list.</summary>
public sealed class LinkRemoverTests : IDisposable
{
    private readonly FakeKernel _kernel = new();
    private readonly LinkRemover _remover;

    public LinkRemoverTests()
    {
        _kernel.Add(2, "eth0", null).IsRemovable = false;
        _kernel.Add(3, "fixed0", "fixed").IsRemovable = false;
        for (int i = 10; i < 16; i++) _kernel.Add(i, $"m{i}", "macvtap", 2).Group = (uint)i;
        _remover = new LinkRemover(_kernel.Conversation, _kernel.Reader);
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Many_go_with_one_deletion()
    {
        Assert.All(Remove(10, 11, 12), o => Assert.Null(o.Failure));
        Assert.Equal([2, 3, 13, 14, 15], _kernel.Links.Keys);
        Assert.Equal(["DELLINK group"], Deletions);
        Assert.Equal([13u, 14u, 15u], _kernel.Links.Values.Where(l => l.Index > 3).Select(l => l.Group));
    }

    [Fact]
    public void One_goes_by_itself()
    {
        Assert.Null(Assert.Single(Remove(10)).Failure);
        Assert.Equal(["DELLINK 10"], Deletions);
        Assert.Empty(Remove());
    }

    [Fact]
    public void One_refused_is_a_failure()
    {
        RemovalOutcome outcome = Assert.Single(Remove(2));
        Assert.Equal(Errno.EOPNOTSUPP, outcome.Failure?.Errno);
        Assert.Contains("remove eth0", outcome.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_link_whose_index_changed_hands_is_left_alone(int count)
    {
        Link[] named = [.. Enumerable.Range(10, count).Select(_kernel.Get)];
        _kernel.Add(10, "stranger", "macvtap", 2);
        IReadOnlyList<RemovalOutcome> outcomes = _remover.Remove(named);
        Assert.Equal(Errno.ENODEV, outcomes[0].Failure?.Errno);
        Assert.All(outcomes.Skip(1), o => Assert.Null(o.Failure));
        Assert.Equal("stranger", _kernel.Links[10].Name);
        Assert.Equal(0u, _kernel.Links[10].Group);
    }

    [Fact]
    public void A_link_of_the_same_name_and_another_kind_is_a_stranger()
    {
        Link[] named = [_kernel.Get(10), _kernel.Get(11), _kernel.Get(12)];
        _kernel.Add(10, "m10", "dummy");
        Assert.NotNull(_remover.Remove(named)[0].Failure);
        Assert.Equal("dummy", _kernel.Links[10].Kind);
    }

    [Fact]
    public void An_index_that_changes_hands_before_the_grouping_stops_the_group_and_saves_the_stranger()
    {
        AtSend(2, () => _kernel.Add(10, "stranger", "macvtap", 2));
        IReadOnlyList<RemovalOutcome> outcomes = Remove(10, 11, 12);
        Assert.DoesNotContain("DELLINK group", Deletions);
        Assert.Equal("stranger", _kernel.Links[10].Name);
        Assert.Equal(["DELLINK 11", "DELLINK 12"], Deletions);
        Assert.All(outcomes, o => Assert.Null(o.Failure));
        Assert.True(_kernel.Links[10].Group < 1 << 16, "The stranger stayed in the private group.");
    }

    [Fact]
    public void A_stranger_that_came_into_the_group_stops_the_group()
    {
        AtSend(3, () => _kernel.Add(20, "stranger", "macvtap", 2).Group = _kernel.Links[10].Group);
        Assert.All(Remove(10, 11), o => Assert.Null(o.Failure));
        Assert.Equal(["DELLINK 10", "DELLINK 11"], Deletions);
        Assert.Equal(0u, _kernel.Links[20].Group);
    }

    [Fact]
    public void A_link_that_stood_before_and_was_not_named_stops_the_group_too()
    {
        AtSend(3, () => _kernel.Links[15].Group = _kernel.Links[10].Group);
        Assert.All(Remove(10, 11), o => Assert.Null(o.Failure));
        Assert.Equal(["DELLINK 10", "DELLINK 11"], Deletions);
        Assert.Equal(15u, _kernel.Links[15].Group);
    }

    [Fact]
    public void A_refused_group_gets_its_own_groups_back_and_goes_link_by_link()
    {
        IReadOnlyList<RemovalOutcome> outcomes = Remove(3, 10, 11);
        Assert.Equal([Errno.EOPNOTSUPP, null, null], outcomes.Select(o => o.Failure?.Errno));
        Assert.Equal(["DELLINK group", "DELLINK 3", "DELLINK 10", "DELLINK 11"], Deletions);
        Assert.Equal(0u, _kernel.Links[3].Group);
    }

    [Fact]
    public void A_physical_device_is_left_out_of_the_group()
    {
        IReadOnlyList<RemovalOutcome> outcomes = Remove(2, 10, 11);
        Assert.Equal([Errno.EOPNOTSUPP, null, null], outcomes.Select(o => o.Failure?.Errno));
        Assert.Equal(["DELLINK group", "DELLINK 2"], Deletions);
        Assert.DoesNotContain("SETLINK 2", _kernel.Log);
    }

    [Fact]
    public void Links_that_cannot_be_removed_have_their_own_groups_afterwards()
    {
        foreach (FakeLink link in _kernel.Links.Values) link.IsRemovable = false;
        Assert.All(Remove(10, 11, 12), o => Assert.Equal(Errno.EOPNOTSUPP, o.Failure?.Errno));
        Assert.Equal([0u, 0u, 10u, 11u, 12u, 13u, 14u, 15u], _kernel.Links.Values.Select(l => l.Group));
    }

    [Fact]
    public void Lost_answers_to_the_deletion_surface_and_the_groups_are_restored()
    {
        _kernel.Refuses = (_, line) => line == "DELLINK group" ? Errno.EBUSY : null;
        _kernel.Loses = send => send == 4 ? Errno.ENOBUFS : null;
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<KernelException>(() => Remove(10, 11)).Errno);
        Assert.Equal([10u, 11u], [_kernel.Links[10].Group, _kernel.Links[11].Group]);
    }

    [Fact]
    public void No_answer_to_the_grouping_surfaces_and_the_groups_are_restored()
    {
        _kernel.Loses = send => send == 2 ? Errno.EAGAIN : null;
        Assert.Equal(FailureId.NetlinkTimeout, Assert.Throws<MacvtapException>(() => Remove(10, 11)).Id);
        Assert.Equal([10u, 11u], [_kernel.Links[10].Group, _kernel.Links[11].Group]);
    }

    [Fact]
    public void A_link_that_vanished_by_itself_meanwhile_is_gone_as_was_wanted()
    {
        AtSend(2, () => _kernel.Links.Remove(10));
        Assert.All(Remove(10, 11, 12), o => Assert.Null(o.Failure));
    }

    [Fact]
    public void A_link_that_was_not_there_from_the_start_is_a_failure()
    {
        Link[] named = [_kernel.Get(10), _kernel.Get(11)];
        _kernel.Links.Remove(10);
        Assert.Equal([Errno.ENODEV, null], _remover.Remove(named).Select(o => o.Failure?.Errno));
    }

    [Fact]
    public void A_link_named_twice_goes_once()
    {
        Assert.All(Remove(10, 10, 11), o => Assert.Null(o.Failure));
        Assert.Equal(["DELLINK group"], Deletions);
    }

    [Fact]
    public void Both_ends_of_a_veth_pair_are_removed_where_only_one_deletion_is_needed()
    {
        _kernel.Add(30, "v0", "veth", 31);
        _kernel.Add(31, "v1", "veth", 30);
        IReadOnlyList<RemovalOutcome> outcomes = Remove(3, 30, 31);
        Assert.Equal([Errno.EOPNOTSUPP, null, null], outcomes.Select(o => o.Failure?.Errno));
        Assert.DoesNotContain(30, _kernel.Links.Keys);
        Assert.DoesNotContain(31, _kernel.Links.Keys);
    }

    [Fact]
    public void An_interrupted_list_that_lacks_a_link_makes_it_neither_gone_nor_removed()
    {
        _kernel.MissingInInterruptedDumps.Add(10);
        _kernel.Refuses = (_, line) => line == "DELLINK group" ? Errno.EOPNOTSUPP : line == "DELLINK 10" ? Errno.EBUSY : null;
        IReadOnlyList<RemovalOutcome> outcomes = Remove(10, 11);
        Assert.Equal([Errno.EBUSY, null], outcomes.Select(o => o.Failure?.Errno));
        Assert.Equal(10u, _kernel.Links[10].Group);
    }

    [Fact]
    public void Very_many_are_grouped_in_several_sends()
    {
        for (int i = 100; i < 350; i++) _kernel.Add(i, $"x{i}", "macvlan", 2);
        Assert.All(Remove([.. Enumerable.Range(100, 250)]), o => Assert.Null(o.Failure));
        Assert.Equal(["DELLINK group"], Deletions);
        Assert.All(_kernel.Channel.Sent, s => Assert.InRange(Netlink.ConversationFixture.Sequences(s).Count, 1, 100));
    }

    private List<string> Deletions => [.. _kernel.Log.Where(l => l.StartsWith("DELLINK", StringComparison.Ordinal))];

    private IReadOnlyList<RemovalOutcome> Remove(params int[] indexes) => _remover.Remove([.. indexes.Select(_kernel.Get)]);

    private void AtSend(int number, Action action) =>
        _kernel.Meanwhile = send =>
        {
            if (send == number) action();
        };
}
