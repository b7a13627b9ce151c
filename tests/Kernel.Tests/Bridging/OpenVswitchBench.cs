using MacvtapTools.Bridging;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>Two vepa macvlans a and b on sw0, which is plugged into the Open vSwitch bridge ovs0; far2 is plugged into another port of it.</summary>
public sealed class OpenVswitchBench : IDisposable
{
    public OpenVswitchBench()
    {
        OpenVswitch.Require();
        Requires.Kind("macvlan");
        try
        {
            Namespace = Lab.NewNamespace();
            Switch = new OpenVswitch(Lab, Namespace);
            Session = LinkSession.Open(Namespace);
            foreach (string name in new[] { "a", "b" })
            {
                Lab.Ip(Namespace, $"link add name {name} link sw0 type macvlan mode vepa");
                Lab.Ip(Namespace, $"link set dev {name} addrgenmode none");
                Lab.Ip(Namespace, $"link set dev {name} up");
            }

            LinkBench.Eventually(() => Port("sw1").State == BridgePortState.Forwarding && Port("far3").State == BridgePortState.Forwarding, "ports that forward");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Lab Lab { get; } = new();

    internal string Namespace { get; } = string.Empty;

    internal OpenVswitch Switch { get; } = null!;

    internal LinkSession Session { get; } = null!;

    /// <summary>A client that has read nothing yet, as each command has.</summary>
    internal OpenVswitchClient Client => new(Switch.Directory, CancellationToken.None);

    internal Link this[string name] => Session.Reader.Find(name) ?? throw new InvalidOperationException($"There is no link {name}.");

    internal BridgePort Port(string name) => Client.Find(this[name]) ?? throw new InvalidOperationException($"{name} is no port.");

    /// <summary>Switches hairpin of a port, and says what limits it.</summary>
    internal string? Set(string name, bool on)
    {
        OpenVswitchClient client = Client;
        BridgePort changed = client.SetHairpin(client.Find(this[name])!, on, out string? limitation);
        return changed.Hairpin == on ? limitation : throw new InvalidOperationException("It was not switched.");
    }

    /// <summary>The flows as ovs-ofctl shows them, without counters.</summary>
    internal string[] Flows() =>
        [.. Switch.Run("ovs-ofctl", "-O", "OpenFlow10,OpenFlow13", "--no-stats", "dump-flows", "ovs0").Split('\n').Where(l => l.Contains("actions=", StringComparison.Ordinal)).Select(l => l.Trim()).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Session?.Dispose();
        Switch?.Dispose();
        Lab.Dispose();
    }
}
