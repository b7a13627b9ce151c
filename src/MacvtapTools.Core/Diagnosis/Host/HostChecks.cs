using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Route;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>All checks of the host, in the order in which they are told.</summary>
internal static class HostChecks
{
    internal static IReadOnlyList<HostCheckRule> All { get; } =
    [
        new KindCheck("KindMacvtap", MacvlanSettings.Macvtap, isNeeded: true, "guests get a network card through a device node"),
        new KindCheck("KindMacvlan", MacvlanSettings.Macvlan, isNeeded: true, "the host or a container gets a link of its own on a lower device"),
        new KindCheck("KindVeth", VethSettings.Veth, isNeeded: false, "a reflective relay on one machine is made of a pair"),
        new KindCheck("KindBridge", BridgeSettings.Bridge, isNeeded: false, "hairpin belongs to a bridge port"),
        new KindCheck("KindTun", KernelProber.Tun, isNeeded: false, "classic tap links"),
        new KindCheck("KindIfb", "ifb", isNeeded: false, "shaping what a link receives"),
        new DeviceFileSystemCheck(),
        new TapMajorCheck(),
        new TapNodeCreationCheck(),
        new TapNodeCheck(),
        new TunNodeCheck(),
        new VhostNetCheck(),
        new UdevCheck(),
        new UdevRuleCheck(),
        new NetAdminCheck(),
        new SysAdminCheck(),
        new NetRawCheck(),
        new ForwardingCheck(),
        new ReversePathCheck(),
        new ArpAnswerCheck(),
        new BridgeNetfilterCheck(),
        new AddressGenerationCheck(),
        new OptimisticAddressCheck(),
        new OpenFilesCheck(),
        new InotifyCheck(),
        new BridgeFilterCheck(),
        new WirelessCheck(),
        new NetworkManagerCheck(),
        new DuplicateAddressCheck(),
        .. BehaviourCheck.All,
    ];

    /// <summary>Looks, for one check.</summary>
    /// <param name="rule">The check.</param>
    /// <param name="host">The host.</param>
    internal static HostCheck Look(HostCheckRule rule, IHostSource host)
    {
        HostFinding found;
        try
        {
            found = rule.Look(host);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            found = new HostFinding(HostCheckStatus.Unknown, $"It could not be found out: {failure.Message}", (failure as MacvtapException)?.Advice, [failure.Message]);
        }

        return new HostCheck(rule.Name, rule.Area, found.Status, found.Detail, found.Advice, found.Evidence, host.NetworkNamespace);
    }
}
