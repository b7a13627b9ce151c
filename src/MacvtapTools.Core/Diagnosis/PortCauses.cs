using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Diagnosis;

/// <summary>Why a link is no bridge port, or cannot become one.</summary>
internal static class PortCauses
{
    /// <summary>Adding a port to a bridge.</summary>
    internal static MacvtapException ExplainAdd(KernelException failure, Link link, Link bridge, LinkReader reader)
    {
        switch (failure.Errno)
        {
            case Errno.EBUSY when link is not MacvtapLink && IsAbove(link, bridge):
                return Cause(FailureId.LinkBusy, FailureCause.PortAboveBridge, $"it lies on {bridge.Name}, and as its port would make a loop", $"A link that lies on {bridge.Name} is connected to it already.", GeneralCauses.Fact(link, nameof(Link.LowerDevice), link.LowerDevice));
            case Errno.EOPNOTSUPP when bridge is not BridgeLink:
                return Cause(FailureId.NotBridgeLink, FailureCause.MasterTakesNoPorts, $"{bridge.Name} is {(bridge.Kind is { } kind ? $"of kind {kind}" : "a device")} and takes no ports", "A bridge, a bond or a VRF does: New-BridgeLink makes a bridge.", GeneralCauses.Fact(bridge, nameof(Link.Kind), bridge.Kind));
            case Errno.EBUSY when link is MacvtapLink:
                return Cause(FailureId.LinkBusy, FailureCause.MacvtapAsPort, "a macvtap cannot be a bridge port: its frames go to its device node", "Bridge its lower device, or use a macvlan or a classic tap (which can be a port).");
            case Errno.EBUSY when link.Master is { } master:
                return Cause(FailureId.LinkBusy, FailureCause.LinkInUse, $"it is a port of {master} already", $"{link.Command("Remove-BridgePort")} first.", GeneralCauses.Fact(link, nameof(Link.Master), master));
            case Errno.EBUSY when LowerDeviceView.Look(reader, link.InterfaceIndex) is var view && ((Link?)view.AllSiblings.FirstOrDefault() ?? view.OtherTaker) is { } child:
                string place = child.NetworkNamespace is { } name && name != link.NetworkNamespace ? $" in network namespace {name}" : string.Empty;
                return Cause(
                    FailureId.LinkBusy,
                    FailureCause.PortIsLowerDevice,
                    $"it is the lower device of {child.Name}{place}",
                    $"A device is a bridge port or a lower device, not both: put the links on the bridge (-LowerDevice {CommandText.Word(bridge.Name)}).",
                    GeneralCauses.Fact(child, nameof(Link.LowerDevice), link.Name));
            case Errno.EBUSY:
                return Cause(FailureId.LinkBusy, FailureCause.PortTakenOver, "it hands its frames to something else already (a link in a network namespace without a name, Open vSwitch, a bond)", "Get-Link -NetworkNamespace PID looks into the namespace of a process; ovs-vsctl show lists the ports of Open vSwitch.");
            case Errno.ELOOP:
                return Cause(FailureId.LinkBusy, FailureCause.BridgeAsPort, $"{link.Name} is itself a bridge", "Connect two bridges with a veth pair: New-VethLink a b, and Add-BridgePort of one end to each.");
            case Errno.EINVAL:
                return Cause(FailureId.ParameterInvalid, FailureCause.PortNotEthernet, "the loopback device, or one that is not Ethernet, cannot be a bridge port", $"Get-Link -Kind veth{CommandText.Place(link.NetworkNamespace)} and Get-Link -Kind macvlan{CommandText.Place(link.NetworkNamespace)} list links that can; of classic ones, those that New-TapLink -Mode Tap makes.");
            case Errno.EOPNOTSUPP:
                return link is PhysicalLink { IsWireless: true }
                    ? Cause(FailureId.LinkBusy, FailureCause.Wireless, $"{link.Name} is wireless, and access points drop frames of addresses that did not associate", "Route instead of bridging (Set-LinkForwarding), or connect by cable.")
                    : Cause(FailureId.LinkBusy, FailureCause.PortNotAllowed, "the device does not allow it", "Wireless devices in station mode cannot be bridge ports.");
            default:
                return GeneralCauses.Explain(failure, link);
        }

        MacvtapException Cause(FailureId id, FailureCause cause, string why, string? advice, params IReadOnlyList<FailureEvidence> evidence) => GeneralCauses.Because(failure, id, cause, why, advice, link, evidence);
    }

    /// <summary>Whether a link lies directly on a bridge.</summary>
    internal static bool IsAbove(Link link, Link bridge) => link.LowerDeviceIndex == bridge.InterfaceIndex && link.LowerDeviceNamespaceId is null && link is not VethLink;

    /// <summary>
    /// A link that is no bridge port. Hairpin belongs to the port of the switch that the lower device is plugged into; where that is the other end
    /// of a veth pair, it can be named.
    /// </summary>
    /// <param name="link">The link.</param>
    /// <param name="reader">A reader of its namespace.</param>
    /// <param name="command">The cmdlet that was meant for the port, to be named in the advice; null where it was not about hairpin.</param>
    /// <param name="otherBridge">The bridge of a link that is no port of a bridge of the kernel, or null: Open vSwitch is asked so.</param>
    internal static MacvtapException NotAPort(Link link, LinkReader reader, string? command = null, Func<Link, string?>? otherBridge = null)
    {
        Link plug = link is MacvlanLink { LowerDeviceIndex: { } lower, LowerDeviceNamespaceId: null } ? reader.Find(lower) ?? link : link;
        string subject = link is MacvlanLink ? $"{link.Name} is a {link.Kind}" : link is BridgeLink ? $"{link.Name} is a bridge" : $"{link.Name} is not a bridge port";
        string advice = command is null ? PlainAdvice(link, plug, reader) : HairpinAdvice(link, plug, reader, command, otherBridge);
        return new MacvtapException(FailureId.NotBridgePort, $"{subject}{(link is MacvlanLink or BridgeLink ? ", not a bridge port" : string.Empty)}.", advice, link);
    }

    private static string PlainAdvice(Link link, Link plug, LinkReader reader)
    {
        if (link is BridgeLink) return $"Get-BridgePort -Bridge {CommandText.Word(link.Name)}{CommandText.Place(link.NetworkNamespace)} lists its ports.";
        return FindSwitchPort(plug, reader) is { } port
            ? $"{plug.Name} is plugged into {port.Name}, a port of {port.Master}{InNamespace(port)}."
            : $"Get-BridgePort{CommandText.Place(link.NetworkNamespace)} lists the ports; Add-BridgePort makes a link one.";
    }

    private static string HairpinAdvice(Link link, Link plug, LinkReader reader, string command, Func<Link, string?>? otherBridge)
    {
        const string Place = "the port of the switch that the lower device is plugged into";
        if (FindSwitchPort(plug, reader) is { } port)
            return $"Hairpin belongs to {Place}: {plug.Name} is plugged into {port.Name}, a port of {port.Master}{InNamespace(port)}. {port.Command(command)}";

        if (otherBridge is not null && plug is VethLink veth && PeerFinder.Find(veth, reader) is { } end && otherBridge(end) is { } bridge)
            return $"Hairpin belongs to {Place}: {plug.Name} is plugged into {end.Name}, a port of {bridge}{InNamespace(end)}. {end.Command(command)}";

        if (plug.Master is { } master && link is MacvlanLink) return $"Hairpin belongs to {Place}: here {plug.Name}, a port of {master}.";
        return link is BridgeLink
            ? $"Hairpin is a matter of each port: Get-BridgePort -Bridge {CommandText.Word(link.Name)}{CommandText.Place(link.NetworkNamespace)} lists them."
            : $"Hairpin belongs to {Place}; on a switch outside this host it is set there (reflective relay, 802.1Qbg).";
    }

    /// <summary>Why hairpin, though on, has no effect; null if it has.</summary>
    internal static string? WhyIneffective(BridgePort port)
    {
        if (port.Isolated == true) return $"{port.Name} is isolated, and an isolated port reflects nothing.";
        if (port.State != BridgePortState.Forwarding)
            return $"{port.Name} is {port.State.ToString().ToLowerInvariant()}, not forwarding, and reflects nothing until it is{(port.State == BridgePortState.Disabled ? " (the link or its bridge is switched off, or has no carrier)" : string.Empty)}.";
        return port.BroadcastFlood == false ? $"{port.Name} does not flood broadcasts: reflected unicast arrives, ARP does not." : null;
    }

    private static Link? FindSwitchPort(Link plug, LinkReader reader) =>
        plug is VethLink veth && PeerFinder.Find(veth, reader) is { Record.Port: not null } port ? port : null;

    private static string InNamespace(Link link) => link.NetworkNamespace is { } name ? $" in network namespace {name}" : string.Empty;
}
