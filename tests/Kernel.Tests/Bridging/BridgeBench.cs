using MacvtapTools.Bridging;
using MacvtapTools.Kernel.Tests.Links;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>A link bench whose p1 is a port of the bridge br0: what is plugged into p0 is plugged into that bridge.</summary>
public sealed class BridgeBench : IDisposable
{
    public BridgeBench()
    {
        Requires.Program("bridge");
        Requires.Kind("bridge");
        Lab.AddBridge(Links.Namespace, "br0", "p1");
        Ports = new BenchPorts(Links.Session);
        LinkBench.Eventually(() => Port("p1").State == BridgePortState.Forwarding, "a forwarding port");
    }

    internal LinkBench Links { get; } = new();

    internal BenchPorts Ports { get; }

    internal string Namespace => Links.Namespace;

    /// <summary>A port as it is now.</summary>
    internal BridgePort Port(string name) => BridgePortClient.AsPort(Links[name]) ?? throw new InvalidOperationException($"{name} is no port.");

    /// <summary>Runs <c>bridge -n NAMESPACE …</c>.</summary>
    internal string Bridge(string command) => Programs.Run("bridge", ["-n", Namespace, .. command.Split(' ')]);

    public void Dispose() => Links.Dispose();
}
