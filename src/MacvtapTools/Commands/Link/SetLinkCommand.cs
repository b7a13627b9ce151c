using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Commands;

/// <summary>Changes properties of links. What is not given is not touched; several changes of one link all stand, or none does.</summary>
[Cmdlet(VerbsCommon.Set, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class SetLinkCommand : LinkChangeCmdlet
{
    /// <summary>The MAC address, in any usual spelling. On a passthru link the lower device's changes with it.</summary>
    [Parameter]
    [Alias("Address")]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string? MacAddress { get; set; }

    /// <summary>The largest packet in bytes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MtuCompleter))]
    public int? Mtu { get; set; }

    /// <summary>Gives the MTU to the lower device and all its macvlans and macvtaps, in the order that the kernel needs.</summary>
    [Parameter]
    public SwitchParameter Cascade { get; set; }

    /// <summary>How many packets may wait to be sent; for a macvtap also how many frames may wait for its reader.</summary>
    [Parameter]
    [Alias("TxQueueLength")]
    [ValidateRange(0, int.MaxValue)]
    public int? TransmitQueueLength { get; set; }

    /// <summary>Free text, up to 255 bytes; an empty one clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    [NoScriptBlock]
    public string? Alias { get; set; }

    /// <summary>The number of the link group.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Group { get; set; }

    /// <summary>Whether every multicast is received: IPv6, mDNS and VRRP of a guest need that, or the groups one by one.</summary>
    [Parameter]
    public bool? AllMulticast { get; set; }

    /// <summary>Whether every frame is received. (A macvlan or macvtap gets no foreign unicast by that, except in passthru mode.)</summary>
    [Parameter]
    public bool? Promiscuous { get; set; }

    /// <summary>Whether the link does multicast.</summary>
    [Parameter]
    public bool? Multicast { get; set; }

    /// <summary>Whether the link does ARP.</summary>
    [Parameter]
    public bool? Arp { get; set; }

    /// <summary>The bridge, bond or VRF that the link shall belong to: a name, an index or a link.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? Master { get; set; }

    /// <summary>Releases the link from its bridge, bond or VRF.</summary>
    [Parameter]
    public SwitchParameter NoMaster { get; set; }

    /// <summary>How the host makes IPv6 addresses on the link.</summary>
    [Parameter]
    public AddressGeneration? AddressGeneration { get; set; }

    /// <summary>How many broadcasts may wait. The largest wish of all links of a lower device counts.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? BroadcastQueueLength { get; set; }

    /// <summary>From how many receivers on a multicast is put off to the queue. One value for all links of a lower device.</summary>
    [Parameter]
    public int? BroadcastCutoff { get; set; }

    /// <summary>The flags of the mode to have then; they replace those that are set.</summary>
    [Parameter]
    [Alias("ModeFlag")]
    public ModeFlag? Flag { get; set; }

    /// <summary>Whether the link is held down by software above it.</summary>
    [Parameter]
    public bool? ProtocolDown { get; set; }

    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Master is not null && NoMaster)
            Refuse("-Master and -NoMaster exclude each other.", "To move a link to another bridge, give -Master alone: the kernel releases it from its own.", Master);
        if (Cascade && Mtu is null)
            Refuse("-Cascade says how to set the MTU, and no MTU was given.", "Give -Mtu too.", Cascade);
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        List<LinkChange> changes = [.. Plan(session, link)];
        if (changes.Count == 0) WarnOfNothing(link.Name, "-Mtu 1400");
        else
        {
            if (!Proceed(Describe(link), $"Set {string.Join("; ", changes.Select(c => c.Link == link ? c.ToString() : $"{c} of {Relative(c.Link, link)}"))}", () => EditPreflight.Check(changes, session))) return;
            EditPreflight.CheckLeaving(changes, session);
            LinkEditor editor = new(l => (PlaceOf(l).Conversation, PlaceOf(l).Reader));
            if (editor.Apply(changes) is { } failure) throw EditCauses.Explain(failure, changes.Count, PlaceOf(failure.Change.Link).Reader);
        }

        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));

        // A cascade goes to other namespaces too.
        LinkSession PlaceOf(Link changed) => changed.NetworkNamespace == session.Reader.NetworkNamespace ? session : Session(changed.NetworkNamespace);
    }

    private static string Relative(Link relative, Link link) => relative.NetworkNamespace == link.NetworkNamespace
        ? relative.Name
        : $"{relative.Name} in {(relative.NetworkNamespace is { } name ? $"network namespace {name}" : "the current network namespace")}";

    private IEnumerable<LinkChange> Plan(LinkSession session, Link link)
    {
        if (MacAddress is { } address) yield return new MacAddressChange(link, address);
        if (TransmitQueueLength is { } length) yield return NumberChange.TransmitQueueLength(link, length);
        if (Alias is { } alias) yield return new AliasChange(link, alias);
        if (Group is { } group) yield return NumberChange.Group(link, group);
        if (AllMulticast is { } allMulticast) yield return FlagChange.AllMulticast(link, allMulticast);
        if (Promiscuous is { } promiscuous) yield return FlagChange.Promiscuous(link, promiscuous);
        if (Multicast is { } multicast) yield return FlagChange.Multicast(link, multicast);
        if (Arp is { } arp) yield return FlagChange.Arp(link, arp);
        if (AddressGeneration is { } generation) yield return new AddressGenerationChange(link, generation);
        if (ProtocolDown is { } down) yield return new ProtocolDownChange(link, down);
        if (BroadcastQueueLength is { } queue) yield return MacvlanChange.BroadcastQueueLength(Macvlan(link), queue);
        if (BroadcastCutoff is { } cutoff) yield return MacvlanChange.BroadcastCutoff(Macvlan(link), cutoff);
        if (Flag is { } flag) yield return MacvlanChange.Flag(Macvlan(link), flag);
        if (Mtu is { } mtu)
        {
            foreach (LinkChange change in PlanMtu(session, link, mtu)) yield return change;
        }

        // Last: a port that leaves its bridge and comes back has lost what the bridge kept for it, so nothing that may fail comes after it.
        if (NoMaster) yield return new MasterChange(link, null);
        if (Master is { } master) yield return new MasterChange(link, Find(session, master, FailureId.LinkNotFound));
    }

    private IReadOnlyList<LinkChange> PlanMtu(LinkSession session, Link link, int mtu)
    {
        if (!Cascade)
        {
            // On the way down the kernel takes the links on this one along. Done one by one, it can be taken back.
            return mtu >= link.Mtu || link is MacvlanLink ? [NumberChange.Mtu(link, mtu)] : MtuCascade.PlanLowering(link, LowerDeviceView.Look(session.Reader, link.InterfaceIndex).AllSiblings, mtu);
        }

        LinkSession place = link is MacvlanLink { LowerDeviceNamespaceId: not null, LowerDeviceNamespace: { } name } ? Session(name) : session;
        Link? lower = link is MacvlanLink { LowerDeviceIndex: { } index } ? (link.LowerDeviceNamespaceId is null || place != session ? place.Reader.Find(index) : null) : link;
        if (lower is not null) return MtuCascade.Plan(lower, LowerDeviceView.Look(place.Reader, lower.InterfaceIndex).AllSiblings, mtu);
        WriteWarning($"The lower device{(link.LowerDevice is { } unreached ? $" {unreached}" : string.Empty)} of {link.Name} is in a network namespace that has no name or may not be entered: the MTU of {link.Name} alone is set.");
        return [NumberChange.Mtu(link, mtu)];
    }

    private static MacvlanLink Macvlan(Link link) => link as MacvlanLink
        ?? throw new MacvtapException(FailureId.NotMacvlanLink, $"{link.Name} is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}, not a macvlan or macvtap, and has no such property.", null, link);
}
