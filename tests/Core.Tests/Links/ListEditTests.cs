using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Tests.Links;

/// <summary>Alternative names, source addresses and moves that fail in the middle: the list is as it was, or the failure names what is not.</summary>
public sealed class ListEditTests : IDisposable
{
    private const int Index = 3;
    private static readonly string[] _old = ["02:00:00:00:00:01", "02:00:00:00:00:02"];
    private readonly FakeKernel _kernel = new();

    public ListEditTests()
    {
        _kernel.Add(2, "eth0", null).AlternativeNames.Add("taken");
        FakeLink link = _kernel.Add(Index, "m0", "macvtap", 2);
        link.AlternativeNames.AddRange(["one", "two"]);
        link.Mode = LinkMode.Source;
        link.Sources = _old;
    }

    public static TheoryData<int> Sends => [1, 2, 3];

    private AlternativeNames Names => new(_kernel.Conversation, _kernel.Reader);

    private SourceAddressEditor Sources => new(_kernel.Conversation, _kernel.Reader);

    private MacvlanLink Macvtap => (MacvlanLink)_kernel.Get(Index);

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Names_are_added_and_removed()
    {
        Assert.Null(Names.Add(Macvtap, ["three", "four"]));
        Assert.Null(Names.Remove(Macvtap, ["one", "three"]));
        Assert.Equal(["two", "four"], _kernel.Links[Index].AlternativeNames);
    }

    [Fact]
    public void A_name_that_is_taken_takes_back_those_before_it()
    {
        ListEditFailure failure = Names.Add(Macvtap, ["three", "taken", "four"])!;
        Assert.Empty(failure.Standing);
        Assert.Equal(["one", "two"], _kernel.Links[Index].AlternativeNames);
        Assert.Equal(FailureId.LinkExists, NameCauses.ExplainAlternativeNames(failure, Macvtap, _kernel.Reader).Id);
    }

    [Fact]
    public void A_name_that_the_link_had_before_stays_when_another_fails()
    {
        Assert.NotNull(Names.Add(Macvtap, ["three", "one"]));
        Assert.Equal(["one", "two"], _kernel.Links[Index].AlternativeNames);
    }

    [Fact]
    public void A_name_that_is_not_there_brings_back_those_before_it()
    {
        Assert.Empty(Names.Remove(Macvtap, ["one", "three"])!.Standing);
        Assert.Equal(["one", "two"], _kernel.Links[Index].AlternativeNames.Order());
    }

    [Theory]
    [MemberData(nameof(Sends))]
    public void A_lost_answer_takes_back_all_names(int send)
    {
        foreach (Errno errno in (Errno[])[Errno.EAGAIN, Errno.ENOBUFS])
        {
            int start = _kernel.Channel.Sent.Count;
            _kernel.Loses = n => n == start + send ? errno : null;
            Assert.Empty(Names.Add(Macvtap, ["three", "four", "five"])!.Standing);
            Assert.Equal(["one", "two"], _kernel.Links[Index].AlternativeNames);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_lost_answer_brings_back_all_names(int send)
    {
        _kernel.Loses = n => n == send ? Errno.EAGAIN : null;
        ListEditFailure failure = Names.Remove(Macvtap, ["one", "two"])!;
        Assert.Empty(failure.Standing);
        Assert.Equal(FailureId.NetlinkTimeout, NameCauses.ExplainAlternativeNames(failure, Macvtap, _kernel.Reader).Id);
        Assert.Equal(["one", "two"], _kernel.Links[Index].AlternativeNames.Order());
    }

    [Fact]
    public void A_name_that_was_acknowledged_and_not_added_is_found_out()
    {
        _kernel.Ignores = (n, _) => n == 3;
        ListEditFailure failure = Names.Add(Macvtap, ["three", "four"])!;
        Assert.Empty(failure.Standing);
        Assert.Equal(FailureId.ReadBackMismatch, NameCauses.ExplainAlternativeNames(failure, Macvtap, _kernel.Reader).Id);
        Assert.Equal(["one", "two"], _kernel.Links[Index].AlternativeNames);
    }

    [Fact]
    public void Names_that_cannot_be_taken_back_are_named()
    {
        _kernel.Refuses = (n, line) => n >= 3 && !line.StartsWith("GETLINK", StringComparison.Ordinal) ? Errno.EPERM : null;
        ListEditFailure failure = Names.Add(Macvtap, ["three", "four"])!;
        Assert.Equal(["three"], failure.Standing);
        MacvtapException cause = NameCauses.ExplainAlternativeNames(failure, Macvtap, _kernel.Reader);
        Assert.Equal(FailureId.AccessDenied, cause.Id);
        Assert.Contains("could not be taken back: three", cause.Message, StringComparison.Ordinal);
        Assert.Contains("three", _kernel.Links[Index].AlternativeNames);
    }

    [Fact]
    public void Addresses_are_added_removed_and_cleared()
    {
        Assert.Null(Sources.Add(Macvtap, [Address(1), Address(9), "0200.0000.0009"]));
        Assert.Equal([.. _old, Address(9)], _kernel.Links[Index].Sources);
        Assert.Null(Sources.Remove(Macvtap, [Address(1), Address(77)]));
        Assert.Equal([Address(2), Address(9)], _kernel.Links[Index].Sources);
        Assert.Null(Sources.Clear(Macvtap));
        Assert.Empty(_kernel.Links[Index].Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    [InlineData(250)]
    public void A_refused_address_takes_back_all_before_it_and_beside_it(int number)
    {
        _kernel.Refuses = (n, _) => n == number ? Errno.EINVAL : null;
        ListEditFailure failure = Sources.Add(Macvtap, [.. Enumerable.Range(10, 250).Select(Address)])!;
        Assert.Empty(failure.Standing);
        Assert.Contains(Address(9 + number), failure.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal(_old, _kernel.Links[Index].Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_lost_answer_takes_back_all_addresses(int send)
    {
        _kernel.Loses = n => n == send ? Errno.EAGAIN : null;
        ListEditFailure failure = Sources.Add(Macvtap, [.. Enumerable.Range(10, 250).Select(Address)])!;
        Assert.Empty(failure.Standing);
        Assert.Equal(FailureId.NetlinkTimeout, NameCauses.ExplainSourceAddresses(failure, Macvtap).Id);
        Assert.Equal(_old, _kernel.Links[Index].Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_lost_answer_brings_back_removed_and_cleared_addresses(int send)
    {
        foreach (Func<MacvlanLink, ListEditFailure?> edit in (Func<MacvlanLink, ListEditFailure?>[])[l => Sources.Clear(l), l => Sources.Remove(l, _old)])
        {
            int start = _kernel.Channel.Sent.Count;
            _kernel.Loses = n => n == start + send ? Errno.ENOBUFS : null;
            Assert.Empty(edit(Macvtap)!.Standing);
            Assert.Equal(_old, _kernel.Links[Index].Sources);
        }
    }

    [Fact]
    public void Addresses_that_were_acknowledged_and_not_taken_are_found_out()
    {
        _kernel.IgnoresKindChanges = true;
        foreach (Func<ListEditFailure?> edit in (Func<ListEditFailure?>[])[() => Sources.Add(Macvtap, [Address(9)]), () => Sources.Remove(Macvtap, _old), () => Sources.Clear(Macvtap)])
            Assert.Equal(FailureId.ReadBackMismatch, NameCauses.ExplainSourceAddresses(edit()!, Macvtap).Id);
    }

    [Fact]
    public void Addresses_that_cannot_be_taken_back_are_named()
    {
        _kernel.Refuses = (n, _) => n == 2 || n > 3 ? Errno.EPERM : null;
        ListEditFailure failure = Sources.Add(Macvtap, [Address(9), Address(10), Address(11)])!;
        Assert.Equal([Address(9), Address(11)], failure.Standing);
        Assert.Equal([.. _old, Address(9), Address(11)], _kernel.Links[Index].Sources);
        Assert.Contains(Address(11), NameCauses.ExplainSourceAddresses(failure, Macvtap).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_would_be_too_long_is_not_sent()
    {
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => Sources.Add(Macvtap, [.. Enumerable.Range(10, 5399).Select(Address)])).Id);
        Assert.Empty(_kernel.Channel.Sent);
    }

    [Fact]
    public void A_refused_move_leaves_the_link_and_a_lost_answer_says_that_it_is_not_known()
    {
        using NamespaceHandle here = NamespaceResolver.Open((string?)null);
        var mover = new LinkMover(_kernel.Conversation);
        _kernel.Refuses = (n, _) => n == 1 ? Errno.EEXIST : null;
        KernelException refusal = Assert.Throws<NetlinkException>(() => mover.Move(Macvtap, here, "x", null));
        Assert.Equal(FailureId.LinkExists, NameCauses.ExplainMove(refusal, Macvtap, "x", null).Id);
        Assert.Equal("m0", _kernel.Links[Index].Name);
        _kernel.Loses = n => Errno.EAGAIN;
        MacvtapException late = Assert.Throws<MacvtapException>(() => mover.Move(Macvtap, here, null, null));
        Assert.Equal(FailureId.NetlinkTimeout, late.Id);
        Assert.Contains("not known", late.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(Index, _kernel.Links.Keys);
    }

    private static string Address(int number) => $"02:00:00:00:{number >> 8:x2}:{number & 0xff:x2}";
}
