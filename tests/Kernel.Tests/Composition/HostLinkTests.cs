using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Composition;

/// <summary>By its link the host talks with guests in bridge mode; addresses and routes that it takes over arrive whole, or stay.</summary>
public sealed class HostLinkTests
{
    private const int MostSteps = 60;

    [Fact]
    public void The_host_and_a_guest_answer_each_others_pings_and_do_not_without_it()
    {
        Requires.Program("busybox");
        using RelayLab lab = new();
        Lab.Ip(lab.Here, "addr add 10.9.0.1/24 dev up0");
        Lab.Ip(lab.Here, "link add link up0 name g0 type macvlan mode bridge");
        Lab.Ip(lab.Here, $"link set g0 netns {lab.Guest}");
        Lab.Ip(lab.Guest, "link set g0 up");
        Lab.Ip(lab.Guest, "addr add 10.9.0.2/24 dev g0");
        Lab.Ip(lab.Outside, "addr add 10.9.0.3/24 dev out0");
        Assert.False(RelayLab.Pings(lab.Guest, "10.9.0.1"), "guest to the lower device");
        Make(lab.Session, move: true);
        Assert.True(RelayLab.Pings(lab.Guest, "10.9.0.1"), "guest to host");
        Assert.True(RelayLab.Pings(lab.Here, "10.9.0.2"), "host to guest");
        Assert.True(RelayLab.Pings(lab.Here, "10.9.0.3"), "host to outside");
    }

    [Fact]
    public void Addresses_and_routes_move_with_all_that_belongs_to_them()
    {
        using RelayLab lab = new();
        Furnish(lab);
        string before = lab.Snapshot();
        ChangeResult<Link> made = Make(lab.Session, move: true);
        Assert.Empty(made.Differences);
        string after = lab.Snapshot();
        Assert.Equal(Routes(before).Select(l => l.Replace("dev up0", "dev host0", StringComparison.Ordinal)).Order(), Routes(after).Order());
        Assert.Equal(
            ["10.9.0.1", "10.9.0.2", "192.0.2.1", "fd00::1"],
            Lab.IpJson(lab.Here, "addr show dev host0")[0].GetProperty("addr_info").EnumerateArray().Select(a => a.GetProperty("local").GetString()).Order());
        Assert.DoesNotContain("10.9.0", Lab.Ip(lab.Here, "addr show dev up0"), StringComparison.Ordinal);

        static IEnumerable<string> Routes(string text) => text.Split('\n').Where(l => l.Contains(" dev ", StringComparison.Ordinal) && !l.Contains("local", StringComparison.Ordinal) && !l.StartsWith("broadcast", StringComparison.Ordinal)).Distinct().Select(l => l.TrimEnd());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_step_fails_everything_is_as_before(bool isAnswerLost)
    {
        using RelayLab lab = new();
        Furnish(lab);
        string before = lab.Snapshot();
        int number = 1;
        for (; number < MostSteps; number++)
        {
            (LinkSession session, FailingChannel channel) = lab.OpenFailing(number, isAnswerLost);
            try
            {
                Make(session, move: true);
                Assert.False(channel.HasFailed, $"Step {number} failed unnoticed.");
                break;
            }
            catch (MacvtapException failure)
            {
                Assert.True(channel.HasFailed, failure.Message);
                Assert.DoesNotContain("taken back", failure.Message, StringComparison.Ordinal);
            }

            Assert.Equal(before, lab.Snapshot());
        }

        Assert.InRange(number, 16, MostSteps - 1);
    }

    private static void Furnish(RelayLab lab)
    {
        Lab.Ip(lab.Here, "addr add 10.9.0.1/24 dev up0");
        Lab.Ip(lab.Here, "addr add 10.9.0.2/24 dev up0 label up0:b");
        Lab.Ip(lab.Here, "addr add 192.0.2.1 peer 192.0.2.2/32 dev up0");
        Lab.Ip(lab.Here, "addr add fd00::1/64 dev up0 nodad");
        Lab.Ip(lab.Here, "route add default via 10.9.0.254 src 10.9.0.2");
        Lab.Ip(lab.Here, "route add 10.1.0.0/16 dev up0 metric 7");
        Lab.Ip(lab.Here, "route add 10.2.0.0/16 via 10.9.0.253 table 77");
        Lab.Ip(lab.Here, "route add 10.3.0.0/16 via 10.9.0.253 mtu lock 1400 initcwnd 20 congctl reno");
        Lab.Ip(lab.Here, "-6 route add default via fd00::fe metric 5");
        Lab.Ip(lab.Here, "-6 route add fd01::/64 via fd00::fe pref high mtu 1400");

        // Not every kernel has several ways, and realms.
        _ = Programs.Try("ip", ["-n", lab.Here, .. "route add 10.4.0.0/16 mtu 1300 nexthop via 10.9.0.253 realm 3 nexthop via 10.9.0.252 weight 2 realm 4".Split(' ')]);
        _ = Programs.Try("ip", ["-n", lab.Here, .. "route add 10.5.0.0/16 via 10.9.0.253 realm 5".Split(' ')]);
    }

    private static ChangeResult<Link> Make(LinkSession session, bool move)
    {
        Link lower = session.Reader.Find("up0")!;
        return new HostLinkCreator(session).Create(
            new HostLinkSpecification
            {
                Link = new MacvlanSpecification { IsTap = false, Name = "host0", LowerDevice = "up0", LowerDeviceIndex = lower.InterfaceIndex, Mode = LinkMode.Bridge, AddressGeneration = AddressGeneration.None, Up = true },
                LowerDevice = lower,
                MoveAddress = move,
            },
            out _);
    }
}
