using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to a new bridge, veth pair, tun or tap.</summary>
internal static class OtherKindPreflight
{
    private const string TunDevice = "/dev/net/tun";

    /// <summary>A bridge.</summary>
    internal static Verdict CheckBridge(LinkSettings link, LinkSnapshot place)
    {
        string operation = $"create {BridgeSettings.Bridge} {link.Name}";
        place.RequireRights(operation);
        Rules.RequireFree(place, link.Name, operation);
        Rules.RequireMtu(link.Mtu is { } mtu ? (int)mtu : null, Rules.SmallestMtu, Rules.LargestMtu, operation);
        return KindSupport.Check(BridgeSettings.Bridge);
    }

    /// <summary>A veth pair: the kernel makes the far end first (veth_newlink).</summary>
    /// <param name="link">The near end.</param>
    /// <param name="peerName">The name of the far end.</param>
    /// <param name="place">The namespace of the near end.</param>
    /// <param name="farPlace">The namespace of the far end, where that is another one.</param>
    internal static Verdict CheckVeth(LinkSettings link, string peerName, LinkSnapshot place, LinkSnapshot? farPlace)
    {
        string operation = $"create {VethSettings.Veth} {link.Name}";
        place.RequireRights(operation);
        farPlace?.RequireRights(operation);
        Rules.RequireFree(place, link.Name, operation);

        // The far end has it too, and of that the kernel says no word.
        Rules.RequireMtu(link.Mtu is { } mtu ? (int)mtu : null, Rules.SmallestMtu, Rules.LargestMtu, operation, hasWords: false);
        Rules.RequireFree(farPlace ?? place, peerName, operation);
        return KindSupport.Check(VethSettings.Veth);
    }

    /// <summary>A tun or tap.</summary>
    internal static Verdict CheckTap(TapSpecification wanted, LinkSnapshot place)
    {
        TapCreator.Check(wanted);
        string operation = $"create {wanted.Label}";
        if (!File.Exists(TunDevice)) throw new PredictedRefusal(Errno.ENOENT, $"open {TunDevice}");
        place.RequireRights(operation);
        if (wanted.Name is { } name && !LinkName.IsPattern(name) && place.Find(name) is not null) throw new PredictedRefusal(Errno.EBUSY, operation);
        if (wanted.InterfaceIndex is { } index && place.Find(index) is not null) throw new PredictedRefusal(Errno.EBUSY, operation);
        RequireMapped(wanted.Owner, "/proc/self/uid_map", $"{operation}: set the owner {wanted.Owner}");
        RequireMapped(wanted.Group, "/proc/self/gid_map", $"{operation}: set the group {wanted.Group}");
        bool isTun = wanted.Mode == TapMode.Tun;
        if (wanted.Mtu is { } mtu) Rules.RequireMtu(mtu, TapCreationCauses.SmallestMtu, isTun ? TapCreationCauses.LargestMtuOfTun : TapCreationCauses.LargestMtuOfTap, $"set {nameof(Link.Mtu)} of {wanted.Name ?? "the new link"} to {mtu}");
        Rules.RequireAlias(wanted.Alias, $"set {nameof(Link.Alias)} of {wanted.Name ?? "the new link"} to {wanted.Alias}");
        return Verdict.Accepted;
    }

    /// <summary>make_kuid, make_kgid: an id that the caller's user namespace has.</summary>
    private static void RequireMapped(uint? id, string map, string operation)
    {
        if (id is { } wanted && !IdMap.Read(map).Has(wanted)) throw new PredictedRefusal(Errno.EINVAL, operation);
    }
}
