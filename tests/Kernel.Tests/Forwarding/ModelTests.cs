using System.Globalization;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>The model against the running kernel: each sender to each receiver, with frames.</summary>
public sealed class ModelTests
{
    private const int EnoughFrames = 2000;
    private static readonly string[] Modes = ["private", "vepa", "bridge", "source"];
    private static readonly string[] Kinds = ["macvlan", "macvtap"];

    [Theory]
    [InlineData("none")]
    [InlineData("hairpin off")]
    [InlineData("hairpin on")]
    [InlineData("hairpin on isolated on")]
    [InlineData("hairpin on bcast_flood off")]
    [InlineData("hairpin on mcast_flood off")]
    [InlineData("hairpin on state 0")]
    [InlineData("hairpin on state 2")]
    public void Every_mode_to_every_mode_of_every_kind_behind_every_switch(string port)
    {
        using ForwardingLab lab = new();
        foreach (string mode in Modes)
        {
            foreach (string kind in Kinds)
            {
                // Two of each, so that there is one of the same sort to speak to; one of them in another namespace.
                lab.Add($"{mode[0]}{kind[4..]}1", kind, mode);
                lab.Add($"{mode[0]}{kind[4..]}2", kind, mode, isThere: true);
            }
        }

        Lab.Ip(lab.Here, "link set vtap1 allmulticast on");
        Lab.Ip(lab.Here, "link set blan1 promisc on");
        string listed = Lab.IpJson(lab.Here, "link show dev vtap1")[0].GetProperty("address").GetString()!;
        Lab.Ip(lab.Here, $"link set slan1 type macvlan macaddr add {listed}");
        Plug(lab, port);
        (List<string> differences, int compared, int open) = lab.Compare();
        Assert.Empty(differences);
        Assert.InRange(compared, EnoughFrames, int.MaxValue);
        Assert.Equal(port.Contains("mcast_flood", StringComparison.Ordinal), open > 0);
    }

    [Theory]
    [InlineData("macvlan", "none")]
    [InlineData("macvtap", "hairpin off")]
    [InlineData("macvlan", "hairpin on")]
    [InlineData("macvtap", "hairpin on")]
    public void Passthru(string kind, string port)
    {
        using ForwardingLab lab = new();
        lab.Add("pass0", kind, "passthru");
        Plug(lab, port);
        Assert.Empty(lab.Compare().Differences);
        Lab.Ip(lab.Here, "link set pass0 down");
        Assert.Empty(lab.Compare().Differences);
    }

    [Theory]
    [InlineData("hairpin off")]
    [InlineData("hairpin on")]
    public void Source_mode_with_NoDestination_takes_even_what_two_bridge_links_say_to_each_other(string port)
    {
        using ForwardingLab lab = new();
        lab.Add("b1", "macvtap", "bridge");
        lab.Add("b2", "macvlan", "bridge");
        lab.Add("v1", "macvtap", "vepa");
        lab.Add("s1", "macvlan", "source nodst");
        Plug(lab, port);
        string listed = Lab.IpJson(lab.Here, "link show dev b1")[0].GetProperty("address").GetString()!;
        Lab.Ip(lab.Here, $"link set s1 type macvlan macaddr add {listed}");
        Assert.Empty(lab.Compare().Differences);
        Lab.Ip(lab.Here, "link set s1 down");
        Assert.Empty(lab.Compare().Differences);
    }

    [Theory]
    [InlineData("link set eth0 down", false)]
    [InlineData("link set p0 down", true)]
    public void Without_a_carrier_nobody_reaches_anybody(string command, bool isAtTheSwitch)
    {
        using ForwardingLab lab = new();
        lab.Add("b1", "macvtap", "bridge");
        lab.Add("b2", "macvlan", "bridge");
        Lab.Ip(isAtTheSwitch ? lab.Switch : lab.Here, command);
        (List<string> differences, int compared, _) = lab.Compare();
        Assert.Empty(differences);
        Assert.InRange(compared, 1, int.MaxValue);
    }

    [Fact]
    public void A_link_that_is_held_down_by_protodown_sends_nothing_and_receives_still()
    {
        using ForwardingLab lab = new();
        lab.Add("b1", "macvlan", "bridge");
        lab.Add("b2", "macvtap", "bridge");
        Lab.Ip(lab.Here, "link set b1 protodown on");
        Assert.Empty(lab.Compare().Differences);
    }

    /// <summary>Scenes by chance: modes, kinds, lists, flags, links that are off, and a port that is set anyhow. The seed is in the name, so that a failure comes again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Scenes_by_chance(int seed)
    {
        using ForwardingLab lab = new();
        var chance = new Random(seed);
        var addresses = new List<string>();
        int count = chance.Next(2, 7);
        for (int i = 0; i < count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"m{i}");
            string mode = Modes[chance.Next(Modes.Length)];
            string kind = Kinds[chance.Next(Kinds.Length)];
            lab.Add(name, kind, mode == "source" && chance.Next(3) == 0 ? "source nodst" : mode);
            if (mode == "source" && addresses.Count > 0) Lab.Ip(lab.Here, $"link set {name} type {kind} macaddr add {addresses[chance.Next(addresses.Count)]}");
            addresses.Add(Lab.IpJson(lab.Here, $"link show dev {name}")[0].GetProperty("address").GetString()!);
            if (chance.Next(4) == 0) Lab.Ip(lab.Here, $"link set {name} allmulticast on");
            if (chance.Next(4) == 0) Programs.Run("bridge", "-n", lab.Here, "fdb", "add", "01:00:5e:00:00:fb", "dev", name, "self");
            if (chance.Next(5) == 0) Lab.Ip(lab.Here, $"link set {name} down");
        }

        Plug(lab, chance.Next(6) == 0 ? "none" : $"hairpin {Switched(3)} isolated {Switched(1)} bcast_flood {Switched(3)} mcast_flood {Switched(3)} flood {Switched(3)} learning {Switched(3)}");
        Assert.Empty(lab.Compare().Differences);

        string Switched(int on) => chance.Next(4) < on ? "on" : "off";
    }

    private static void Plug(ForwardingLab lab, string port)
    {
        if (port == "none") Lab.Ip(lab.Switch, "link set p0 nomaster");
        else lab.Bridge($"link set dev p0 {port}");
    }
}
