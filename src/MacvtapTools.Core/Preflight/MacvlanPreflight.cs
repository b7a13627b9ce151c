using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Preflight;

/// <summary>
/// What the kernel would say to a new macvlan or macvtap: its own checks in its own order (rtnl_newlink in net/core/rtnetlink.c; macvlan_validate,
/// macvlan_common_newlink and macvlan_open in drivers/net/macvlan.c), over a snapshot.
/// </summary>
internal static class MacvlanPreflight
{
    private const ushort ARPHRD_ETHER = 1;
    private const int MostQueues = 4096;

    /// <summary>Checks a creation.</summary>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="place">The lower device's namespace.</param>
    /// <param name="destination">The namespace that the link shall be in, where that is another one.</param>
    /// <exception cref="PredictedRefusal">The kernel would refuse.</exception>
    /// <exception cref="Failures.MacvtapException">A name, index, address or list that cannot be.</exception>
    internal static Verdict Check(MacvlanSpecification wanted, LinkSnapshot place, LinkSnapshot? destination = null)
    {
        LinkCreator.Parse(wanted, out _, out _);
        string operation = $"create {wanted.Label}";
        place.RequireRights(operation);
        destination?.RequireRights(operation);
        RequireSettings(wanted, operation);
        Rules.RequireFree(destination ?? place, wanted.InterfaceIndex, null, operation);
        if (wanted.InterfaceIndex is null) Rules.RequireFree(destination ?? place, wanted.Name, operation);
        if (wanted.QueueCount is < 1 or > MostQueues) throw new PredictedRefusal(Errno.EINVAL, operation, "Invalid number of transmit queues");
        Rules.RequireMtu(wanted.Mtu, Rules.SmallestMtu, Rules.LargestMtu, operation);

        LowerDeviceView view = place.Look(wanted.LowerDeviceIndex);
        Link lower = view.Lower ?? throw new PredictedRefusal(Errno.ENODEV, operation);
        if (wanted.Mtu > lower.Mtu) throw new PredictedRefusal(Errno.EINVAL, operation);
        Verdict moved = lower.InterfaceIndex == wanted.LowerDeviceIndex ? Verdict.Accepted : new Verdict(Caveat: $"{wanted.LowerDevice} is itself a macvlan or macvtap: the new link would lie on {lower.Name}, and that is reported when it is made.");
        Verdict verdict = moved.And(CheckLower(wanted, lower, view, operation)).And(KindSupport.Check(wanted.IsTap ? MacvlanSettings.Macvtap : MacvlanSettings.Macvlan));
        if (wanted.SourceAddress is not null && wanted.Mode != LinkMode.Source) throw new PredictedRefusal(Errno.EINVAL, operation);
        Rules.RequireFree(destination ?? place, wanted.Name, operation);
        return verdict.And(CheckFinish(wanted, lower, view, operation));
    }

    /// <summary>macvlan_validate.</summary>
    private static void RequireSettings(MacvlanSpecification wanted, string operation)
    {
        if (wanted.Flag is { } flag && ChangeCauses.HasUnknownBits(flag)) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (!Enum.IsDefined(wanted.Mode)) throw new PredictedRefusal(Errno.EINVAL, operation);
    }

    /// <summary>macvlan_port_create, and who is there already.</summary>
    private static Verdict CheckLower(MacvlanSpecification wanted, Link lower, LowerDeviceView view, string operation)
    {
        Verdict verdict = Verdict.Accepted;
        if (view.Siblings.Count == 0)
        {
            if ((lower.Flags & InterfaceFlag.Loopback) != 0 || lower.Record.HardwareType != ARPHRD_ETHER) throw new PredictedRefusal(Errno.EINVAL, operation);
            verdict = CheckHandler(lower, operation);
        }

        MacvlanLink[] siblings = [.. view.AllSiblings];
        if (siblings.Length == 0 && view.OtherTaker is not null) throw new PredictedRefusal(Errno.EBUSY, operation);
        if (siblings.Length == 0 && view.PossibleTaker is { } possible) verdict = verdict.And(new Verdict($"{possible.Name}, of kind {possible.Kind}, is on {lower.Name}, and whether it takes its frames shows only when a link is made"));
        if (siblings.Any(s => s.Mode == LinkMode.Passthru)) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (wanted.Mode == LinkMode.Passthru && siblings.Length > 0) throw new PredictedRefusal(Errno.EINVAL, operation);
        return lower is PhysicalLink { IsWireless: true } && wanted.Mode != LinkMode.Passthru
            ? verdict.And(new Verdict(Caveat: $"{lower.Name} is wireless: access points drop frames of addresses that did not associate with them, so the new link will most likely reach nobody."))
            : verdict;
    }

    /// <summary>Whether something takes the lower device's frames. A VRF does not; of masters that this library does not know it is not known.</summary>
    private static Verdict CheckHandler(Link lower, string operation) => lower.MasterIndex is null ? Verdict.Accepted : lower.Record.SlaveKind switch
    {
        "bridge" or "bond" or "team" or "openvswitch" => throw new PredictedRefusal(Errno.EBUSY, operation),
        "vrf" => Verdict.Accepted,
        _ => new Verdict($"{lower.Name} belongs to {lower.Master}, and whether that takes its frames shows only when a link is made"),
    };

    /// <summary>What follows the creation: alias, address generation, switching on.</summary>
    private static Verdict CheckFinish(MacvlanSpecification wanted, Link lower, LowerDeviceView view, string operation)
    {
        bool hasFinish = wanted.AddressGeneration is not null || wanted.Alias is not null;
        Rules.RequireAlias(wanted.Alias, $"{operation}: set the alias");
        Verdict verdict = Verdict.Accepted;
        if (wanted.AddressGeneration is { } generation)
        {
            bool hasIPv6 = (wanted.Mtu ?? lower.Mtu) >= Rules.SmallestMtuOfIPv6 && (lower.AddressGeneration is not null || lower.Mtu < Rules.SmallestMtuOfIPv6);
            if (hasIPv6 || generation != AddressGeneration.None) verdict = Rules.CheckAddressGeneration(generation, hasIPv6, $"{operation}: set the IPv6 address generation");
        }

        // A passthru link has the lower device's address, whatever was asked for; one that the kernel makes up is free.
        if (wanted is { Up: true, MacAddress: { } text } && wanted.Mode != LinkMode.Passthru && view.BlockerOf(HardwareAddress.Format(MacAddressText.Parse(text))) is not null)
            throw new PredictedRefusal(Errno.EADDRINUSE, hasFinish ? $"{operation}: switch on" : operation);
        return verdict;
    }
}
