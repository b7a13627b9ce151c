using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Commands;

/// <summary>Changes attributes of bridge ports. What is not given is not touched; several changes of one port all stand, or none does.</summary>
[Cmdlet(VerbsCommon.Set, "BridgePort", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(BridgePort))]
public sealed class SetBridgePortCommand : BridgePortCmdlet
{
    /// <summary>Whether a frame may leave through the port that it came from: the reflective relay that vepa needs.</summary>
    [Parameter]
    public bool? Hairpin { get; set; }

    /// <summary>Whether the port exchanges frames only with ports that are not isolated; an isolated port reflects nothing.</summary>
    [Parameter]
    public bool? Isolated { get; set; }

    /// <summary>Whether addresses are learned.</summary>
    [Parameter]
    public bool? Learning { get; set; }

    /// <summary>Whether unicast to unknown addresses is sent here.</summary>
    [Parameter]
    public bool? UnicastFlood { get; set; }

    /// <summary>Whether multicast that nobody asked for is sent here.</summary>
    [Parameter]
    public bool? MulticastFlood { get; set; }

    /// <summary>Whether broadcast is sent here; without it a reflected ARP request does not return.</summary>
    [Parameter]
    public bool? BroadcastFlood { get; set; }

    /// <summary>Whether a BPDU switches the port off.</summary>
    [Parameter]
    public bool? Guard { get; set; }

    /// <summary>Whether the port may not become the root port.</summary>
    [Parameter]
    public bool? RootBlock { get; set; }

    /// <summary>Whether a multicast group is left at once.</summary>
    [Parameter]
    public bool? FastLeave { get; set; }

    /// <summary>Whether the bridge answers ARP for the hosts behind the port.</summary>
    [Parameter]
    public bool? ProxyArp { get; set; }

    /// <summary>The same, in the variant for wireless.</summary>
    [Parameter]
    public bool? ProxyArpWifi { get; set; }

    /// <summary>Whether multicast is sent as unicast to each that asked.</summary>
    [Parameter]
    public bool? MulticastToUnicast { get; set; }

    /// <summary>Whether VLANs are mapped to tunnels.</summary>
    [Parameter]
    public bool? VlanTunnel { get; set; }

    /// <summary>Whether ARP and neighbour discovery are answered instead of flooded.</summary>
    [Parameter]
    public bool? NeighbourSuppression { get; set; }

    /// <summary>Whether they are answered for each VLAN apart.</summary>
    [Parameter]
    public bool? NeighbourVlanSuppression { get; set; }

    /// <summary>Whether only addresses that were entered beforehand may send.</summary>
    [Parameter]
    public bool? Locked { get; set; }

    /// <summary>Whether a locked port notes who wanted to send; it needs Locked and Learning.</summary>
    [Parameter]
    public bool? MacAuthenticationBypass { get; set; }

    /// <summary>The spanning-tree state. Without the spanning tree the kernel makes a blocking port a forwarding one; that is reported.</summary>
    [Parameter]
    public BridgePortState? State { get; set; }

    /// <summary>The path cost of the spanning tree, 1 to 65535.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Cost { get; set; }

    /// <summary>The priority in the spanning tree, 0 to 63.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Priority { get; set; }

    /// <summary>0 no multicast router here, 1 found by itself, 2 always, 3 for a while.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MulticastRouter { get; set; }

    /// <summary>Which link-local groups (01:80:c2:00:00:0X, one bit each) are forwarded.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? GroupForwardMask { get; set; }

    /// <summary>How many multicast groups may be joined at the port; 0 is no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MulticastGroupLimit { get; set; }

    /// <summary>How many hosts may be followed that joined multicast groups.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MulticastHostLimit { get; set; }

    /// <summary>The port that takes over when this one has no carrier: a name, an index or a link.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? BackupPort { get; set; }

    /// <summary>Lets no port take over.</summary>
    [Parameter]
    public SwitchParameter NoBackupPort { get; set; }

    /// <summary>The next hop group over which traffic for a VXLAN goes when this port has no carrier: the id of a group (ip nexthop); 0 for none.</summary>
    [Parameter]
    [ValidateRange(0u, uint.MaxValue)]
    public uint? BackupNextHopGroup { get; set; }

    /// <summary>Gives the ports back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (BackupPort is not null && NoBackupPort)
            Refuse("-BackupPort and -NoBackupPort exclude each other.", "To take another backup port, give -BackupPort alone.", BackupPort);
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, BridgePort port)
    {
        List<LinkChange> changes = [.. Wanted(session).Select(w => PortChange.Create(port.Link, w.Attribute, w.Value))];
        Link? now = port.Link;
        if (changes.Count == 0) WarnOfNothing(port.Name, "-Hairpin $true");
        else
        {
            if (!Proceed(Describe(port), $"Set {string.Join("; ", changes)}", () => EditPreflight.Check(changes, session))) return;
            if (session.Editor.Apply(changes, out now) is { } failure) throw EditCauses.Explain(failure, changes.Count, session.Reader);
        }

        BridgePort? changed = now is null ? null : BridgePortClient.AsPort(now);
        if (changed is { Hairpin: true } && PortCauses.WhyIneffective(changed) is { } why) WriteWarning($"Hairpin is on, without its full effect: {why}");
        if (PassThru && changed is not null) WriteObject(changed);
    }

    /// <summary>
    /// What is switched off goes first and from behind, what is switched on in order: the later ones need the earlier (MacAuthenticationBypass needs Locked). Numbers go last.
    /// </summary>
    private IEnumerable<(PortAttribute Attribute, ulong Value)> Wanted(LinkSession session)
    {
        (PortAttribute Attribute, ulong Value)[] wanted = [.. PortAttribute.All.Select(a => (a, Given(session, a))).Where(w => w.Item2 is not null).Select(w => (w.a, w.Item2!.Value))];
        return Enumerable.Reverse(wanted).Where(w => w.Attribute.IsFlag && w.Value == 0)
            .Concat(wanted.Where(w => w.Attribute.IsFlag && w.Value != 0))
            .Concat(wanted.Where(w => !w.Attribute.IsFlag));
    }

    /// <summary>What was given for an attribute, as the kernel counts; null for nothing. The parameters have the names of the properties, but for the backup port.</summary>
    private ulong? Given(LinkSession session, PortAttribute attribute)
    {
        if (attribute == PortAttribute.BackupPort)
            return NoBackupPort ? 0 : BackupPort is null ? null : (ulong)Find(session, BackupPort, FailureId.LinkNotFound).InterfaceIndex;
        object? value = MyInvocation.BoundParameters.GetValueOrDefault(attribute.Property);
        return value is null ? null : Convert.ToUInt64(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture);
    }
}
