using MacvtapTools.Failures;
using MacvtapTools.Protection;

namespace MacvtapTools.Forwarding;

/// <summary>A command of the module that would change a verdict.</summary>
internal static class RemedyText
{
    /// <summary>The command, or null where none helps.</summary>
    internal static string? Describe(ForwardingScene scene, Verdict verdict, int from, int to, ulong group)
    {
        if (verdict.Reachable == Reachability.Delivered) return null;
        SceneSwitch behind = scene.Switch;
        ScenePort? other = behind.OtherPortOf(verdict.Rule, from == scene.Outside, to == scene.Outside);
        return verdict.Rule switch
        {
            ForwardingRule.SenderDown => On("Enable-Link", scene, from),
            ForwardingRule.ReceiverDown => On("Enable-Link", scene, to),
            ForwardingRule.SenderNoCarrier => On("Set-Link", scene, from, "-ProtocolDown $false"),
            ForwardingRule.LowerDeviceDown => OnLower("Enable-Link", scene),
            ForwardingRule.LowerDeviceNoCarrier when scene.Lower.IsTap => OnLower("Open-TapDevice", scene),
            ForwardingRule.LowerDeviceNoCarrier => behind.Port is { } peer && behind.IsPortReadable ? CommandText.For("Enable-Link", peer, behind.NetworkNamespace) : null,
            ForwardingRule.NeedsReflectiveRelay => behind.Bridge is not null && behind.IsPortReadable ? OnPort("Enable-Hairpin", behind, behind.OpenVswitchDatabase is { } database ? $"-OpenVswitchDatabase {CommandText.Word(database)}" : null) : BothBridge(scene, from, to),
            ForwardingRule.SwitchUnknown => BothBridge(scene, from, to) ?? Assume(scene),
            ForwardingRule.PortNotForwarding => LetForward(behind),
            ForwardingRule.PortIsolated => OnPort("Set-BridgePort", behind, "-Isolated $false"),
            ForwardingRule.BroadcastFloodOff => OnPort("Set-BridgePort", behind, "-BroadcastFlood $true", other),
            ForwardingRule.MulticastFloodOff => OnPort("Set-BridgePort", behind, "-MulticastFlood $true", other),
            ForwardingRule.UnicastFloodOff => OnPort("Set-BridgePort", behind, "-UnicastFlood $true", other),
            ForwardingRule.PortLocked => OnPort("Set-BridgePort", behind, "-Locked $false", other),
            ForwardingRule.PrivateSender => Mode(scene, from, LinkMode.Vepa),
            ForwardingRule.PrivateReceiver => Mode(scene, to, LinkMode.Vepa),
            ForwardingRule.SourceNotListed when scene.AddressOf(from) is not 0 and { } address => On("Add-LinkSourceAddress", scene, to, $"{MacNumber.Text(address)}"),
            ForwardingRule.NoDestinationTakes => Taker(scene, from) is { } taker ? CommandText.For("Set-LinkMode", taker.Name, taker.NetworkNamespace, "Source -Flag None") : null,
            ForwardingRule.GroupNotJoined => On("Add-LinkMulticastGroup", scene, to, $"{MacNumber.Text(group)}"),
            ForwardingRule.Protected when verdict.Reachable == Reachability.NotDelivered => Unguard(scene, from, to),
            _ => null,
        };
    }

    /// <summary>What lets the port at the other end of the cable forward; null where a spanning tree decides, and only waiting helps.</summary>
    internal static string? LetForward(SceneSwitch behind) => behind switch
    {
        { Backend: BridgeBackend.OpenVswitch } => OnPort("Enable-Link", behind),
        { IsBridgeUp: false, IsPortReadable: true, Bridge: { } bridge } => CommandText.For("Enable-Link", bridge, behind.NetworkNamespace),
        { IsPortUp: false } => OnPort("Enable-Link", behind),
        { HasSpanningTree: true } => null,
        _ => OnPort("Set-BridgePort", behind, "-State Forwarding"),
    };

    /// <summary>The link that takes what comes from a sender and lets nobody else have it; one that may, where the sender's address is not known.</summary>
    private static SceneLink? Taker(ForwardingScene scene, int from)
    {
        ulong source = scene.AddressOf(from);
        return scene.Links.FirstOrDefault(l => l.Mode == LinkMode.Source && (l.Flags & ModeFlag.NoDestination) != 0 && (source == 0 ? l.Sources.Count > 0 : l.Sources.Contains(source)));
    }

    /// <summary>The protection without the rule that drops it: the sender's own address let through too, or nobody kept away.</summary>
    private static string? Unguard(ForwardingScene scene, int from, int to)
    {
        ulong source = scene.AddressOf(from);
        if (from < scene.Links.Count && scene.Links[from].Guard.Rules is { } rules)
        {
            if (rules.Sources.Count > 0 && !rules.Sources.Contains(source)) return Protect(scene, from, rules with { Sources = [.. rules.Sources, source] });
            if (rules.Isolate && rules.Siblings.Contains(scene.AddressOf(to))) return Protect(scene, from, rules with { Isolate = false, Siblings = [] });
        }

        return to < scene.Links.Count && scene.Links[to].Guard.Rules is { } others ? Protect(scene, to, others with { Isolate = false, Siblings = [] }) : null;
    }

    private static string? Protect(ForwardingScene scene, int link, ProtectionRules rules) => rules.IsEmpty ? On("Unprotect-Link", scene, link) : On("Protect-Link", scene, link, rules.Parameters());

    /// <summary>Without a relay, links reach each other only in bridge mode; the host and a passthru link cannot be in it.</summary>
    private static string? BothBridge(ForwardingScene scene, int from, int to)
    {
        if (from >= scene.Links.Count || to >= scene.Links.Count) return null;
        SceneLink[] others = [.. new[] { scene.Links[from], scene.Links[to] }.Where(l => l.Mode != LinkMode.Bridge)];
        if (others.Length == 0 || others.Any(l => l.Mode == LinkMode.Passthru) || others.Any(l => l.NetworkNamespace != others[0].NetworkNamespace)) return null;
        return $"Set-LinkMode {string.Join(", ", others.Select(l => CommandText.Pattern(l.Name)))} Bridge{CommandText.Place(others[0].NetworkNamespace)}";
    }

    private static string Assume(ForwardingScene scene) => $"Test-LinkReachability -LowerDevice {CommandText.Word(scene.Lower.Name)} -Switch ReflectiveRelay{CommandText.Place(scene.Lower.NetworkNamespace)}";

    /// <summary>Passthru cannot be left.</summary>
    private static string? Mode(ForwardingScene scene, int link, LinkMode mode) =>
        link < scene.Links.Count && scene.Links[link].Mode != LinkMode.Passthru ? CommandText.For("Set-LinkMode", scene.Links[link].Name, scene.Links[link].NetworkNamespace, $"{mode}") : null;

    private static string? On(string command, ForwardingScene scene, int link, string? rest = null) =>
        link < scene.Links.Count ? CommandText.For(command, scene.Links[link].Name, scene.Links[link].NetworkNamespace, rest) : null;

    private static string OnLower(string command, ForwardingScene scene) => CommandText.For(command, scene.Lower.Name, scene.Lower.NetworkNamespace);

    private static string? OnPort(string command, SceneSwitch behind, string? rest = null, ScenePort? other = null) =>
        behind is { Bridge: not null, Port: { } port, IsPortReadable: true } ? CommandText.For(command, other?.Name ?? port, behind.NetworkNamespace, rest) : null;
}
