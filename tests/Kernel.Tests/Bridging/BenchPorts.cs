using MacvtapTools.Bridging;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Kernel.Tests.Bridging;

/// <summary>The ports of a namespace, changed as the cmdlets change them.</summary>
internal sealed class BenchPorts(LinkSession session)
{
    internal BridgePortClient Client { get; } = new(session.Conversation, session.Changer);

    internal IEnumerable<BridgePort> List(int? bridgeIndex = null) =>
        session.Reader.List().Links.Where(l => bridgeIndex is null || l.MasterIndex == bridgeIndex).Select(BridgePortClient.AsPort).OfType<BridgePort>();

    internal BridgePort Add(Link link, Link bridge) => Client.Add(link, bridge);

    internal Link Remove(BridgePort port) => Client.Remove(port);

    internal BridgePort SetHairpin(BridgePort port, bool on) => Set(port, PortAttribute.Hairpin, on ? 1u : 0u);

    /// <summary>Sets one attribute, and gives the port as it was read back.</summary>
    internal BridgePort Set(BridgePort port, PortAttribute attribute, ulong value)
    {
        LinkEditFailure? failure = session.Editor.Apply([PortChange.Create(port.Link, attribute, value)], out Link? changed);
        return failure is null ? BridgePortClient.AsPort(changed!)! : throw failure.Refusal ?? new InvalidOperationException($"{failure.Change} was acknowledged and not done: {failure.Actual}");
    }
}
