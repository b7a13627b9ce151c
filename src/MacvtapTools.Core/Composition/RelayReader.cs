using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;

namespace MacvtapTools.Composition;

/// <summary>Finds the reflective relays of a network namespace by the marks of their parts, and says what of them is not as it was made.</summary>
internal static class RelayReader
{
    /// <summary>All of them.</summary>
    /// <param name="links">All links of the namespace.</param>
    internal static IReadOnlyList<ReflectiveRelay> List(IReadOnlyList<Link> links)
    {
        var relays = new List<ReflectiveRelay>();
        foreach (IGrouping<string, (string Id, string Part, Link Link)> marked in links.SelectMany(l => RelayMark.Of(l).Select(m => (m.Id, m.Part, Link: l))).GroupBy(m => m.Id))
        {
            Link? lower = Part(RelayMark.Lower);
            Link? port = Part(RelayMark.Port);
            Link? own = Part(RelayMark.Bridge);
            Link? uplink = Part(RelayMark.Uplink);
            if ((lower ?? port ?? own ?? uplink) is null) continue;
            Link? bridge = own ?? links.FirstOrDefault(l => l.InterfaceIndex == port?.MasterIndex && l is BridgeLink);
            var missing = new List<string>();
            var wrong = new List<string>();
            if (lower is null) missing.Add("The lower device is gone, or in another network namespace.");
            if (port is null) missing.Add("The port is gone, or in another network namespace.");
            if (bridge is null) missing.Add("The port is in no bridge.");
            if (lower is not null && port is not null) CheckPair(lower, port, wrong);
            if (port is not null && bridge is not null) CheckPort(port, bridge, wrong);
            if (bridge is not null && uplink is not null) CheckUplink(uplink, bridge, wrong);
            relays.Add(new ReflectiveRelay(marked.Key, lower, port, bridge, uplink)
            {
                OwnsBridge = own is not null,
                Status = missing.Count > 0 ? ReflectiveRelayStatus.Incomplete : wrong.Count > 0 ? ReflectiveRelayStatus.Changed : ReflectiveRelayStatus.Ready,
                Problem = [.. missing, .. wrong],
            });

            Link? Part(string part) => marked.FirstOrDefault(m => m.Part == part).Link;
        }

        return relays;
    }

    /// <summary>The relay that a link is a part of, or null.</summary>
    internal static ReflectiveRelay? Find(IReadOnlyList<Link> links, int interfaceIndex) => List(links).FirstOrDefault(r => Parts(r).Any(p => p.InterfaceIndex == interfaceIndex));

    /// <summary>The relay with an id, or null.</summary>
    internal static ReflectiveRelay? Find(LinkReader reader, string id) => List(reader.List().Links).FirstOrDefault(r => r.Id == id);

    /// <summary>The links that are marked as its parts.</summary>
    internal static IEnumerable<Link> Parts(ReflectiveRelay relay) =>
        new[] { relay.LowerLink, relay.PortLink, relay.OwnsBridge ? relay.BridgeLink : null, relay.UplinkLink }.OfType<Link>();

    private static void CheckPair(Link lower, Link port, List<string> wrong)
    {
        if (lower is not VethLink { PeerNamespaceId: null } veth || veth.PeerIndex != port.InterfaceIndex) wrong.Add($"{lower.Name} and {port.Name} are no pair.");
        if (lower.AdministrativeStatus != AdministrativeStatus.Up) wrong.Add($"{lower.Name} is switched off.");
    }

    private static void CheckPort(Link port, Link bridge, List<string> wrong)
    {
        if (bridge.AdministrativeStatus != AdministrativeStatus.Up) wrong.Add($"{bridge.Name} is switched off.");
        if (BridgePortClient.AsPort(port) is not { } own || own.BridgeIndex != bridge.InterfaceIndex)
        {
            wrong.Add($"{port.Name} is {(port.Master is { } other ? $"a port of {other}" : "no port")}, not of {bridge.Name}.");
            return;
        }

        if (!own.Hairpin) wrong.Add($"{port.Name} has hairpin off.");
        if (PortCauses.WhyIneffective(own) is { } why) wrong.Add(why);
    }

    private static void CheckUplink(Link uplink, Link bridge, List<string> wrong)
    {
        if (uplink.MasterIndex != bridge.InterfaceIndex) wrong.Add($"The uplink {uplink.Name} is {(uplink.Master is { } other ? $"a port of {other}" : "no port")}, not of {bridge.Name}.");
        else if (uplink.AdministrativeStatus != AdministrativeStatus.Up) wrong.Add($"The uplink {uplink.Name} is switched off.");
        else if (uplink.Carrier == false) wrong.Add($"The uplink {uplink.Name} has no carrier.");
    }
}
