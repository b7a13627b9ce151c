using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to a change of mode or name, to switching on or off, and to a move.</summary>
internal static class ChangePreflight
{
    private const string NameThere = "An interface with the same name exists in the target netns";
    private const string Immutable = "The interface netns is immutable";

    /// <summary>Tunnels of which one comes with the driver and stays (ip_tunnel_dellink, ip6_tnl_dellink and the like): its removal is acknowledged.</summary>
    private static readonly HashSet<string> FallbackKinds = ["ipip", "gre", "gretap", "erspan", "sit", "vti", "ip6tnl", "ip6gre", "vti6"];

    /// <summary>Mode, flags and source addresses (macvlan_validate, macvlan_changelink).</summary>
    internal static Verdict CheckMode(MacvlanLink link, LinkMode mode, ModeFlag? flag, IReadOnlyCollection<string>? sourceAddress, LinkSnapshot place)
    {
        string operation = $"set the mode of {link.Name} to {mode}";
        if (sourceAddress is not null) SourceAddressList.Parse(sourceAddress);
        place.RequireRights(operation);
        bool isPossible = Enum.IsDefined(mode)
            && !(flag is { } bits && ChangeCauses.HasUnknownBits(bits))
            && (link.Mode == LinkMode.Passthru) == (mode == LinkMode.Passthru)
            && !(sourceAddress is not null && mode != LinkMode.Source);
        return isPossible ? Verdict.Accepted : throw new PredictedRefusal(Errno.EINVAL, operation);
    }

    /// <summary>Switching on (macvlan_open) or off.</summary>
    internal static Verdict CheckUp(Link link, bool up, LinkSnapshot place)
    {
        string operation = $"switch {(up ? "on" : "off")} {link.Name}";
        place.RequireRights(operation);
        if (!up || link.AdministrativeStatus == AdministrativeStatus.Up) return Verdict.Accepted;
        if (!KindSupport.GoesUp(link) && !IsTagged(link, place)) return new Verdict($"whether {link.Name}, of kind {link.Kind}, can be switched on as things are shows only when it is tried");
        if (link is not MacvlanLink { LowerDeviceIndex: { } lower } macvlan || macvlan.Mode == LinkMode.Passthru) return Verdict.Accepted;
        if (link.LowerDeviceNamespaceId is not null) return new Verdict(LowerElsewhere(link, "whether another link of it has the same MAC address"));
        return place.Look(lower).BlockerOf(link.MacAddress, link.InterfaceIndex) is null ? Verdict.Accepted : throw new PredictedRefusal(Errno.EADDRINUSE, operation);
    }

    /// <summary>A VLAN goes up on a lower device that is on; whether it does without (loose binding) is not looked at (vlan_dev_open).</summary>
    private static bool IsTagged(Link link, LinkSnapshot place) =>
        link is { Kind: "vlan", LowerDeviceNamespaceId: null, LowerDeviceIndex: { } lower } && place.Find(lower) is { AdministrativeStatus: AdministrativeStatus.Up };

    /// <summary>Another name (dev_change_name): its own is no change.</summary>
    internal static Verdict CheckRename(Link link, string name, LinkSnapshot place)
    {
        string operation = $"rename {link.Name} to {name}";
        place.RequireRights(operation);
        if (name != link.Name) Rules.RequireFree(place, name, operation);
        return Verdict.Accepted;
    }

    /// <summary>A removal (rtnl_dellink): a device that its driver made has none.</summary>
    internal static Verdict CheckRemove(Link link, LinkSnapshot place)
    {
        string operation = LinkRemover.Operation(link);
        place.RequireRights(operation);
        if (link.Kind is null) throw new PredictedRefusal(Errno.EOPNOTSUPP, operation);
        return FallbackKinds.Contains(link.Kind) ? new Verdict($"the kernel keeps one link of kind {link.Kind} in each network namespace, and whether {link.Name} is that one shows only when it is removed") : Verdict.Accepted;
    }

    /// <summary>A change that the kernel refuses only to who has no right to change links.</summary>
    internal static Verdict CheckRights(string operation, LinkSnapshot place)
    {
        place.RequireRights(operation);
        return Verdict.Accepted;
    }

    /// <summary>A move into another network namespace (__dev_change_net_namespace).</summary>
    internal static Verdict CheckMove(Link link, string? newName, int? newIndex, NamespaceHandle destination, LinkSession here, LinkSession there)
    {
        if (newName is not null) LinkName.ThrowIfInvalid(newName);
        return CheckMove(link, newName, newIndex, destination.DisplayName ?? destination.Path, here.Namespace.IsSameAs(destination), LinkSnapshot.Take(here), LinkSnapshot.Take(there));
    }

    /// <summary>The same over snapshots.</summary>
    internal static Verdict CheckMove(Link link, string? newName, int? newIndex, string destination, bool isSame, LinkSnapshot here, LinkSnapshot there)
    {
        string operation = $"move {link.Name} to network namespace {destination}";
        here.RequireRights(operation);
        there.RequireRights(operation);
        if (isSame) return Verdict.Accepted;
        if ((link.Flags & InterfaceFlag.Loopback) != 0 || link is BridgeLink) throw new PredictedRefusal(Errno.EINVAL, operation, Immutable);
        string name = newName ?? link.Name;
        if (!LinkName.IsPattern(name) && there.Find(name) is not null) throw new PredictedRefusal(Errno.EEXIST, operation, NameThere);
        if (link.AlternativeName.FirstOrDefault(n => there.Find(n) is not null) is { } taken) throw new PredictedRefusal(Errno.EEXIST, operation, $"An interface with the altname {taken} exists in the target netns");
        if (newIndex is { } index && there.Find(index) is not null) throw new PredictedRefusal(Errno.EBUSY, operation, $"The ifindex {index} is not available in the target netns");
        return link is MacvlanLink or VethLink or TapLink or PhysicalLink || link.Kind is "dummy" or "ipvlan" or "vlan"
            ? Verdict.Accepted
            : new Verdict($"whether a link of kind {link.Kind} can leave its namespace shows only when it is moved");
    }

    /// <summary>What cannot be known because the lower device is in another namespace.</summary>
    internal static string LowerElsewhere(Link link, string what) => $"the lower device of {link.Name} is in another network namespace, and {what} shows only there";
}
