using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to a new bridge port, and to changes of one (br_add_if, br_setport).</summary>
internal static class PortPreflight
{
    private const ushort ARPHRD_ETHER = 1;
    private const int LargestCost = 65535; // BR_MAX_PATH_COST
    private const int LargestPriority = 63; // 16 bits less BR_PORT_BITS
    private const int LargestRouter = 3; // MDB_RTR_TYPE_TEMP
    private const int PauseFrames = 2; // BR_GROUPFWD_MACPAUSE

    /// <summary>A link that shall become a port of a bridge.</summary>
    internal static Verdict CheckAdd(Link link, Link bridge, LinkSnapshot place)
    {
        string operation = $"add {link.Name} to {bridge.Name}";
        place.RequireRights(operation);
        return CheckAdd(link, bridge, place, operation);
    }

    /// <summary>The same, as a change of a link.</summary>
    internal static Verdict CheckAdd(Link link, Link master, LinkSnapshot place, string operation)
    {
        if (link.MasterIndex == master.InterfaceIndex) return Verdict.Accepted;
        if (master is not BridgeLink)
        {
            if (master.Kind is "bond" or "team" or "vrf" or "hsr") return new Verdict($"whether {master.Name}, of kind {master.Kind}, takes {link.Name} shows only when it is tried");
            throw new PredictedRefusal(Errno.EOPNOTSUPP, operation);
        }

        if ((link.Flags & InterfaceFlag.Loopback) != 0 || link.Record.HardwareType != ARPHRD_ETHER) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (link is BridgeLink) throw new PredictedRefusal(Errno.ELOOP, operation, "Can not enslave a bridge to a bridge");
        if (link is PhysicalLink { IsWireless: true }) return new Verdict($"{link.Name} is wireless, and as a station it cannot be a bridge port");
        if (link is MacvtapLink || PortCauses.IsAbove(link, master)) throw new PredictedRefusal(Errno.EBUSY, operation);
        LowerDeviceView view = place.Look(link.InterfaceIndex);
        bool isLower = link is not MacvlanLink && (view.AllSiblings.Any() || view.OtherTaker is not null);
        if (isLower) throw new PredictedRefusal(Errno.EBUSY, operation);
        return link is not MacvlanLink && view.PossibleTaker is { } possible ? new Verdict($"{possible.Name}, of kind {possible.Kind}, is on {link.Name}, and whether it takes its frames shows only when it is tried") : Verdict.Accepted;
    }

    /// <summary>A change of one attribute.</summary>
    internal static Verdict CheckChange(PortChange change, List<LinkChange> before, LinkSnapshot place, string operation)
    {
        string property = change.Property;
        ulong value = change.Value;
        if (property == nameof(BridgePort.State)) return CheckState(change, place, operation);
        if (property == nameof(BridgePort.Cost) && value is < 1 or > LargestCost) throw new PredictedRefusal(Errno.ERANGE, operation);
        if (property == nameof(BridgePort.Priority) && value > LargestPriority) throw new PredictedRefusal(Errno.ERANGE, operation);
        if (property == nameof(BridgePort.MulticastRouter) && value > LargestRouter) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (property == nameof(BridgePort.MulticastHostLimit) && value == 0) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (property == nameof(BridgePort.GroupForwardMask) && (value & PauseFrames) != 0) throw new PredictedRefusal(Errno.EINVAL, operation);
        if (property == nameof(BridgePort.BackupPortIndex) && value != 0) RequireBackup(change, place, operation);
        if (property == nameof(BridgePort.MacAuthenticationBypass) && value != 0 && !(Has(PortAttribute.Locked) && Has(PortAttribute.Learning)))
            throw new PredictedRefusal(Errno.EINVAL, operation, "Bridge port must be locked and have learning enabled when MAB is enabled");
        if (property is nameof(BridgePort.Locked) or nameof(BridgePort.Learning) && value == 0 && Has(PortAttribute.MacAuthenticationBypass))
            throw new PredictedRefusal(Errno.EINVAL, operation, "Bridge port must be locked and have learning enabled when MAB is enabled");
        return Verdict.Accepted;

        bool Has(PortAttribute attribute) => before.FindLast(c => c.Property == attribute.Property)?.Wanted as bool? ?? attribute.Show(change.Link.Record.Port?[attribute.Number] ?? 0) is true;
    }

    /// <summary>br_set_port_state: a state too high, then the kernel's own spanning tree, then a port that is off. Blocking without the spanning tree does not stay.</summary>
    private static Verdict CheckState(PortChange change, LinkSnapshot place, string operation)
    {
        Link port = change.Link;
        var state = (BridgePortState)change.Value;
        if (change.Value > (ulong)BridgePortState.Blocking) throw new PredictedRefusal(Errno.EINVAL, operation);
        var bridge = port.MasterIndex is { } master ? place.Find(master) as BridgeLink : null;
        if (bridge?.SpanningTree == true) throw new PredictedRefusal(Errno.EBUSY, operation);
        bool isOn = port.AdministrativeStatus == AdministrativeStatus.Up;
        bool isOperating = port.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown;
        if (!isOn || (!isOperating && state != BridgePortState.Disabled)) throw new PredictedRefusal(Errno.ENETDOWN, operation);
        if (state == BridgePortState.Blocking && bridge?.AdministrativeStatus == AdministrativeStatus.Up)
        {
            throw new MacvtapException(
                FailureId.ReadBackMismatch,
                $"The kernel would acknowledge {change.Property} {change.Wanted} for {port.Name} and not take it: without the spanning tree it makes a blocking port a forwarding one.",
                "Without the spanning tree the kernel makes a blocking port a forwarding one, and with it sets the states itself: use Disabled.",
                port);
        }

        return Verdict.Accepted;
    }

    /// <summary>nbp_backup_change: another port of the same bridge.</summary>
    private static void RequireBackup(PortChange change, LinkSnapshot place, string operation)
    {
        if (change.Value == (ulong)change.Link.InterfaceIndex) throw new PredictedRefusal(Errno.EINVAL, operation);
        Link? backup = place.Find((int)change.Value);
        if (backup?.MasterIndex != change.Link.MasterIndex) throw new PredictedRefusal(Errno.ENOENT, operation);
    }
}
