using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Events;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Tests.Links;

/// <summary>
/// Several changes of one link, and at each exchange a refusal, an acknowledgement without a deed, a lost answer, a lost reading: what the kernel has then is
/// what it had before, or differs by just what the failure lists.
/// </summary>
public sealed class LinkEditorFailureTests
{
    private const int Lower = 2;
    private const int Tap = 3;
    private const int Bridge = 4;
    private const int Port = 5;
    private const int Spare = 6;

    private static readonly string[] Kinds =
    [
        "Mtu", "MacAddress", "TransmitQueueLength", "Alias", "Group", "AllMulticast", "Promiscuous", "Multicast", "Arp", "AddressGeneration", "ProtocolDown",
        "BroadcastQueueLength", "BroadcastCutoff", "ModeFlag", "Master", "NoMaster", "Hairpin", "State", "BackupPort", "Cost", "SpanningTree", "ForwardDelay",
        "AgeingTime", "MulticastSnooping",
    ];

    public static MatrixTheoryData<string, Trouble> Troubles => new(Kinds, Enum.GetValues<Trouble>());

    public enum Trouble
    {
        /// <summary>The kernel refuses the change.</summary>
        Refusal,

        /// <summary>It acknowledges it and does nothing.</summary>
        Ignored,

        /// <summary>It does it, and the answer does not come in time.</summary>
        Timeout,

        /// <summary>It does it, and the answer is lost (ENOBUFS).</summary>
        Lost,

        /// <summary>It does it, and refuses the reading.</summary>
        NotRead,

        /// <summary>It does it, and the reading is acknowledged without an answer.</summary>
        NothingRead,
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public void A_change_in_trouble_is_taken_back_with_those_before_it(string kind, Trouble trouble)
    {
        using FakeKernel kernel = NewKernel();
        LinkChange change = Change(kernel, kind);
        string[] before = State(kernel);
        LinkChange[] changes = [NumberChange.Group(kernel.Get(Lower), 7), change, new AliasChange(kernel.Get(Spare), "never")];
        Inject(kernel, changes[1], trouble, 3);

        LinkEditFailure? failure = Apply(kernel, changes);
        Assert.NotNull(failure);
        Assert.Same(change, failure.Change);
        Assert.Empty(failure.Standing);
        Assert.Equal(before, State(kernel));
        Assert.Contains("Nothing was changed", EditCauses.Explain(failure, changes.Length, kernel.Reader).Message, StringComparison.Ordinal);
        Assert.Equal(trouble is Trouble.Ignored or Trouble.NothingRead, failure.Refusal is null);
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public void What_cannot_be_taken_back_is_listed(string kind, Trouble trouble)
    {
        using FakeKernel kernel = NewKernel();
        LinkChange change = Change(kernel, kind);
        string[] before = State(kernel);
        LinkChange[] changes = [NumberChange.Group(kernel.Get(Lower), 7), change];
        Inject(kernel, change, trouble, 3);
        Func<int, string, Errno?> refuses = kernel.Refuses;
        kernel.Refuses = (n, line) => refuses(n, line) ?? (n > 4 && !line.StartsWith("GETLINK", StringComparison.Ordinal) ? Errno.EPERM : null);

        LinkEditFailure failure = Apply(kernel, changes)!;
        string[] wrong = [.. before.Except(State(kernel)).Select(l => l.Split(' ')[0]).Distinct()];
        string[] listed = [.. failure.Standing.Select(s => s.Link.Name).Distinct()];
        Assert.Subset(listed.ToHashSet(), wrong.ToHashSet());
        Assert.Contains("eth0", listed);
        string message = EditCauses.Explain(failure, changes.Length, kernel.Reader).Message;
        Assert.All(failure.Standing, s => Assert.Contains($"{s.Property} of {s.Link.Name}", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Trouble.Ignored)]
    [InlineData(Trouble.Timeout)]
    [InlineData(Trouble.Lost)]
    [InlineData(Trouble.NotRead)]
    public void Taking_back_is_not_believed_without_a_reading(Trouble trouble)
    {
        using FakeKernel kernel = NewKernel();
        LinkChange first = NumberChange.Group(kernel.Get(Lower), 7);
        LinkChange[] changes = [first, new AliasChange(kernel.Get(Spare), "x")];
        Inject(kernel, first, trouble, 5);
        Func<int, string, Errno?> refuses = kernel.Refuses;
        kernel.Refuses = (n, line) => n == 3 ? Errno.EPERM : refuses(n, line);
        LinkEditFailure failure = Apply(kernel, changes)!;
        Assert.Equal([first], failure.Standing);
    }

    [Fact]
    public void One_change_alone_that_stands_is_listed_too()
    {
        using FakeKernel kernel = NewKernel();
        kernel.Refuses = (n, _) => n is 2 or 3 ? Errno.EPERM : null;
        LinkEditFailure failure = Apply(kernel, [NumberChange.Group(kernel.Get(Lower), 7)])!;
        Assert.Contains("stand: Group of eth0", EditCauses.Explain(failure, 1, kernel.Reader).Message, StringComparison.Ordinal);
        Assert.Equal(7u, kernel.Links[Lower].Group);
    }

    [Theory]
    [InlineData(1400, new[] { Tap, Lower })]
    [InlineData(9000, new[] { Lower, Tap })]
    [InlineData(1500, new int[0])]
    public void A_cascade_goes_down_from_the_top_and_up_from_the_bottom(int mtu, int[] order)
    {
        using FakeKernel kernel = NewKernel();
        IReadOnlyList<LinkChange> plan = MtuCascade.Plan(kernel.Get(Lower), [kernel.Get(Tap)], mtu);
        Assert.Equal(order, plan.Select(p => p.Link.InterfaceIndex));
        Assert.Null(Apply(kernel, plan));
        Assert.Equal([(uint)mtu, (uint)mtu], [kernel.Links[Lower].Mtu, kernel.Links[Tap].Mtu]);
    }

    [Theory]
    [InlineData(1400, 4)]
    [InlineData(9000, 3)]
    public void A_cascade_that_fails_half_way_brings_back_what_was(int mtu, int number)
    {
        foreach (Trouble trouble in Enum.GetValues<Trouble>())
        {
            using FakeKernel kernel = NewKernel();
            IReadOnlyList<LinkChange> plan = MtuCascade.Plan(kernel.Get(Lower), [kernel.Get(Tap)], mtu);
            string[] before = State(kernel);
            Inject(kernel, plan[1], trouble, number);
            Assert.Empty(Apply(kernel, plan)!.Standing);
            Assert.Equal(before, State(kernel));
        }
    }

    [Fact]
    public void A_lower_device_alone_takes_along_only_links_that_have_more()
    {
        using FakeKernel kernel = NewKernel();
        kernel.Add(7, "small", "macvlan", Lower).Mtu = 1280;
        IReadOnlyList<LinkChange> plan = MtuCascade.PlanLowering(kernel.Get(Lower), [kernel.Get(Tap), kernel.Get(7)], 1400);
        Assert.Equal([Tap, Lower], plan.Select(p => p.Link.InterfaceIndex));
    }

    [Fact]
    public void A_port_that_was_released_and_not_taken_is_put_back_with_its_settings()
    {
        using FakeKernel kernel = NewKernel();
        FakeLink port = kernel.Links[Port];
        port.Hairpin = true;
        port.PortNumbers[BridgePortCodec.ISOLATED] = 1;
        string[] before = State(kernel);
        LinkChange[] changes = [new AliasChange(kernel.Get(Port), "text"), new MasterChange(kernel.Get(Port), kernel.Get(Spare))];
        kernel.Refuses = (_, line) => line == "SETLINK 5" && kernel.Log.Count(l => l == line) == 2 ? Release(port) : null;
        LinkEditFailure failure = Apply(kernel, changes)!;
        Assert.Empty(failure.Standing);
        Assert.Equal(before, State(kernel));
        string message = EditCauses.Explain(failure, changes.Length, kernel.Reader).Message;
        Assert.Contains("port was put back, with the settings of the port", message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_port_that_was_released_and_cannot_be_put_back_is_named(int refused)
    {
        using FakeKernel kernel = NewKernel();
        kernel.Links[Port].Hairpin = true;
        LinkChange change = new MasterChange(kernel.Get(Port), kernel.Get(Spare));
        kernel.Refuses = (n, line) => n == 1 ? Release(kernel.Links[Port]) : line == "SETLINK 5" && kernel.Log.Count(l => l == line) == refused ? Errno.EPERM : null;
        LinkEditFailure failure = Apply(kernel, [change])!;
        Assert.Equal([change], failure.Standing);
        string message = EditCauses.Explain(failure, 1, kernel.Reader).Message;
        Assert.Contains("The kernel released port from br0 before it refused, and port is not back as it was", message, StringComparison.Ordinal);
        Assert.Contains("stand: Master of port", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_stayed_where_it_was_is_left_alone()
    {
        using FakeKernel kernel = NewKernel();
        kernel.Refuses = (n, _) => n == 1 ? Errno.EPERM : null;
        LinkEditFailure failure = Apply(kernel, [new MasterChange(kernel.Get(Port), kernel.Get(Spare))])!;
        Assert.False(failure.HasActedRefused);
        Assert.Equal(["SETLINK 5", "GETLINK 5"], kernel.Log[..2]);
        Assert.DoesNotContain("SETLINK 5", kernel.Log[2..]);
    }

    /// <summary>As do_set_master does: the new master is asked when the link has left the old one.</summary>
    private static Errno Release(FakeLink port)
    {
        (port.Master, port.Hairpin, port.PortState) = (0, false, 3);
        port.PortNumbers.Clear();
        port.PortNumbers[BridgePortCodec.COST] = 100;
        port.PortNumbers[BridgePortCodec.ISOLATED] = 0;
        return Errno.EOPNOTSUPP;
    }

    private static LinkEditFailure? Apply(FakeKernel kernel, IReadOnlyList<LinkChange> changes) => new LinkEditor(kernel.Conversation, kernel.Reader).Apply(changes);

    private static FakeKernel NewKernel()
    {
        var kernel = new FakeKernel();
        kernel.Add(Lower, "eth0", null);
        kernel.Add(Tap, "tap", "macvtap", Lower).ModeFlags = ModeFlag.NoDestination;
        kernel.Add(Bridge, "br0", "bridge");
        kernel.Add(Port, "port", "dummy").Master = Bridge;
        kernel.Links[Port].PortNumbers[BridgePortCodec.COST] = 2;
        kernel.Add(Spare, "spare", "dummy");
        return kernel;
    }

    private static LinkChange Change(FakeKernel kernel, string kind)
    {
        var tap = (MacvlanLink)kernel.Get(Tap);
        var bridge = (BridgeLink)kernel.Get(Bridge);
        Link port = kernel.Get(Port);
        return kind switch
        {
            "Mtu" => NumberChange.Mtu(tap, 1400),
            "MacAddress" => new MacAddressChange(tap, "02:00:00:00:00:09"),
            "TransmitQueueLength" => NumberChange.TransmitQueueLength(tap, 9),
            "Alias" => new AliasChange(tap, "text"),
            "Group" => NumberChange.Group(tap, 9),
            "AllMulticast" => FlagChange.AllMulticast(tap, true),
            "Promiscuous" => FlagChange.Promiscuous(tap, true),
            "Multicast" => FlagChange.Multicast(tap, true),
            "Arp" => FlagChange.Arp(tap, false),
            "AddressGeneration" => new AddressGenerationChange(tap, AddressGeneration.None),
            "ProtocolDown" => new ProtocolDownChange(tap, true),
            "BroadcastQueueLength" => MacvlanChange.BroadcastQueueLength(tap, 10000),
            "BroadcastCutoff" => MacvlanChange.BroadcastCutoff(tap, 5),
            "ModeFlag" => MacvlanChange.Flag(tap, ModeFlag.None),
            "Master" => new MasterChange(kernel.Get(Spare), bridge),
            "NoMaster" => new MasterChange(port, null),
            "Hairpin" => new PortChange(port, PortAttribute.Hairpin, 1),
            "State" => new PortChange(port, PortAttribute.State, 0),
            "BackupPort" => new PortChange(port, PortAttribute.BackupPort, Spare),
            "Cost" => new PortChange(port, PortAttribute.Cost, 77),
            "SpanningTree" => BridgeChange.SpanningTree(bridge, true),
            "ForwardDelay" => BridgeChange.ForwardDelay(bridge, TimeSpan.FromSeconds(4)),
            "AgeingTime" => BridgeChange.AgeingTime(bridge, TimeSpan.FromSeconds(4)),
            "MulticastSnooping" => BridgeChange.MulticastSnooping(bridge, false),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <param name="kernel">The kernel.</param>
    /// <param name="change">The change in trouble.</param>
    /// <param name="trouble">What happens.</param>
    /// <param name="number">The number of its request (from 1); the reading behind it has the next one.</param>
    private static void Inject(FakeKernel kernel, LinkChange change, Trouble trouble, int number)
    {
        Assert.False(change.IsMade(change.Link));
        int sent = kernel.Channel.Sent.Count;
        int requests = 0;
        int changeSend = 0;
        switch (trouble)
        {
            case Trouble.Refusal: kernel.Refuses = (n, _) => n == number ? Errno.EINVAL : null; break;
            case Trouble.Ignored: kernel.Ignores = (n, _) => n == number; break;
            case Trouble.NotRead: kernel.Refuses = (n, _) => n == number + 1 ? Errno.EPERM : null; break;
            case Trouble.NothingRead: kernel.Ignores = (n, _) => n == number + 1; break;
            default:
                kernel.Meanwhile = send =>
                {
                    int count = MacvtapTools.Tests.Netlink.ConversationFixture.Sequences(kernel.Channel.Sent[send - 1]).Count;
                    if (changeSend == 0 && requests + count >= number && send > sent) changeSend = send;
                    requests += count;
                };
                kernel.Loses = send => send == changeSend ? trouble == Trouble.Timeout ? Errno.EAGAIN : Errno.ENOBUFS : null;
                break;
        }
    }

    /// <summary>Everything that the kernel has, one line for each property that the objects show.</summary>
    private static string[] State(FakeKernel kernel)
    {
        List<string> lines = [];
        foreach (int index in kernel.Links.Keys)
        {
            Link link = kernel.Get(index);
            foreach (object shown in (object[])[link, .. BridgePortClient.AsPort(link) is { } port ? [port] : Array.Empty<object>()])
            {
                lines.AddRange(shown.GetType().GetProperties().Where(p => LinkComparison.Compared.Contains(p.Name)).Select(p => $"{link.Name} {shown.GetType().Name} {p.Name} {Show(p.GetValue(shown))}"));
            }
        }

        return [.. lines];
    }

    private static string Show(object? value) => value is IEnumerable<string> list ? string.Join(',', list) : $"{value}";
}
