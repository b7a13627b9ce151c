using MacvtapTools.Composition;

namespace MacvtapTools.Completion;

/// <summary>Which links a parameter of a cmdlet can do something with, as things stand.</summary>
internal static class AcceptedLinks
{
    private const ushort Ethernet = 1;

    /// <summary>By cmdlet and parameter where that needs saying, then by parameter, then by cmdlet; all links where nothing is said.</summary>
    private static readonly Dictionary<string, Func<Link, CompletionRequest, bool>> _rules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-BridgePort -Bridge"] = static (l, r) => l is BridgeLink || r.IsOpenVswitchBridge(l),
        ["Get-Link -LowerDevice"] = static (l, r) => r.OnTop(l).Any(),
        ["Test-LinkReachability -LowerDevice"] = static (l, r) => r.OnTop(l).Any(static t => t is MacvlanLink),
        ["ConvertTo-UmlArgument -Link"] = static (l, _) => IsEthernet(l) && l is not BridgeLink,
        ["ConvertTo-LibvirtXml -Link"] = static (l, _) => IsEthernet(l),

        ["-Bridge"] = static (l, _) => l is BridgeLink,
        ["-Master"] = static (l, _) => l.Kind is "bridge" or "bond" or "vrf" or "team",
        ["-LowerDevice"] = CanCarry,
        ["-BackupPort"] = static (l, r) => l.Record.Port is not null && !Completions.Typed(r.Bound, "Name").Contains(l.Name),
        ["-Uplink"] = CanJoin,
        ["-TapDevice"] = static (l, _) => IsTap(l),
        ["-Tap"] = static (l, _) => IsTap(l),
        ["-Peer"] = static (l, r) => IsTap(l) && !Completions.Typed(r.Bound, "TapDevice").Contains(l.Name),

        ["Add-BridgePort"] = CanJoin,
        ["Add-LinkSourceAddress"] = static (l, _) => l is MacvlanLink { Mode: LinkMode.Source },
        ["Clear-BridgePortAddress"] = static (l, _) => l.Record.Port is not null,
        ["Clear-LinkSourceAddress"] = static (l, _) => l is MacvlanLink { SourceAddress.Count: > 0 },
        ["Disable-Hairpin"] = static (l, r) => r.Port(l) is { Hairpin: true },
        ["Disable-Link"] = static (l, _) => l.AdministrativeStatus == AdministrativeStatus.Up,
        ["Enable-Hairpin"] = static (l, r) => r.Port(l) is { Hairpin: false },
        ["Enable-Link"] = static (l, _) => l.AdministrativeStatus == AdministrativeStatus.Down,
        ["Get-BridgePort"] = static (l, r) => r.Port(l) is not null,
        ["Get-LinkProtection"] = static (l, r) => l is MacvlanLink && r.HasHook(l),
        ["Get-ReflectiveRelay"] = static (l, _) => RelayMark.Of(l).Any(),
        ["Get-TapDevice"] = static (l, _) => l is MacvtapLink or TapLink,
        ["Grant-TapDevice"] = static (l, _) => l is MacvtapLink,
        ["Move-Link"] = static (l, _) => l is not BridgeLink && !IsLoopback(l),
        ["Open-TapDevice"] = static (l, _) => l is MacvtapLink or TapLink,
        ["Protect-Link"] = static (l, _) => l is MacvlanLink,
        ["Receive-TapFrame"] = static (l, _) => IsTap(l),
        ["Remove-BridgePort"] = static (l, _) => l.Record.Port is not null,
        ["Remove-Link"] = static (l, _) => l.Kind is not null,
        ["Remove-LinkAlternativeName"] = static (l, _) => l.AlternativeName.Count > 0,
        ["Remove-LinkSourceAddress"] = static (l, _) => l is MacvlanLink { SourceAddress.Count: > 0 },
        ["Remove-ReflectiveRelay"] = static (l, _) => RelayMark.Of(l).Any(),
        ["Remove-TapDeviceNode"] = static (l, _) => l is MacvtapLink,
        ["Repair-TapDevice"] = static (l, _) => l is MacvtapLink,
        ["Revoke-TapDevice"] = static (l, _) => l is MacvtapLink,
        ["Set-BridgeLink"] = static (l, _) => l is BridgeLink,
        ["Set-BridgePort"] = static (l, _) => l.Record.Port is not null,
        ["Set-LinkMode"] = static (l, _) => l is MacvlanLink,
        ["Unprotect-Link"] = static (l, r) => l is MacvlanLink && r.HasHook(l),
        ["Wait-TapDevice"] = static (l, _) => l is MacvtapLink or TapLink,
    };

    /// <summary>The rule of a parameter.</summary>
    internal static Func<Link, CompletionRequest, bool> By(string command, string parameter)
    {
        string cmdlet = command[(command.LastIndexOf('\\') + 1)..];
        return _rules.TryGetValue($"{cmdlet} -{parameter}", out Func<Link, CompletionRequest, bool>? rule) || _rules.TryGetValue($"-{parameter}", out rule) || _rules.TryGetValue(cmdlet, out rule)
            ? rule
            : static (_, _) => true;
    }

    /// <summary>Whether a macvlan or macvtap can be made on it: nothing else takes its frames, and no passthru link has it for itself, or would have to.</summary>
    private static bool CanCarry(Link link, CompletionRequest request)
    {
        if (!IsEthernet(link) || IsLoopback(link) || link is MacvlanLink || (link.Master is not null && link.Record.SlaveKind != "vrf")) return false;
        return request.IsPassthru ? !request.OnTop(link).Any(TakesFrames) : !request.OnTop(link).Any(static l => l is MacvlanLink { Mode: LinkMode.Passthru } || IsIpvlan(l));
    }

    /// <summary>Whether a bridge can take it: it has no master, and its frames are not taken by links on it.</summary>
    private static bool CanJoin(Link link, CompletionRequest request) =>
        IsEthernet(link) && !IsLoopback(link) && link.Master is null && link is not (MacvtapLink or BridgeLink) && !request.OnTop(link).Any(TakesFrames);

    private static bool TakesFrames(Link link) => link is MacvlanLink || IsIpvlan(link);

    private static bool IsIpvlan(Link link) => link.Kind is "ipvlan" or "ipvtap";

    private static bool IsTap(Link link) => link is MacvtapLink or TapLink { Mode: TapMode.Tap };

    private static bool IsEthernet(Link link) => link.Record.HardwareType == Ethernet;

    private static bool IsLoopback(Link link) => (link.Flags & InterfaceFlag.Loopback) != 0;
}
