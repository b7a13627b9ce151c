using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What New-MacvtapLink and New-MacvlanLink share: everything but the kind and the default of the address generation.</summary>
public abstract class MacvlanCreationCmdlet : KernelCmdlet
{
    private readonly Dictionary<(LinkSession Session, string Reference), Link> _lowerDevices = [];

    /// <summary>The names of the new links, 1 to 15 bytes each. The kernel picks one where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The device under the new link: an Ethernet device, a bridge, one end of a veth pair. A name, an index or a link.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Link")]
    [AllowNull]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? LowerDevice { get; set; }

    /// <summary>The network namespace of the lower device, where that is another one than the new link's: a name, a path, or the id of a process.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? LowerDeviceNamespace { get; set; }

    /// <summary>How it exchanges frames with the other links of the lower device.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    public LinkMode Mode { get; set; } = LinkMode.Vepa;

    /// <summary>The MAC address, in any usual spelling. The kernel makes one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Address")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string? MacAddress { get; set; }

    /// <summary>The largest packet in bytes, 68 to that of the lower device. That of the lower device where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MtuCompleter))]
    public int? Mtu { get; set; }

    /// <summary>How many packets may wait; for a macvtap also how many frames may wait for its reader. 0 drops every frame of a macvtap.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TxQueueLength")]
    [ValidateRange(0, int.MaxValue)]
    public int? TransmitQueueLength { get; set; }

    /// <summary>The interface index to have. For a macvtap it names the device node.</summary>
    [Parameter]
    [Alias("ifIndex")]
    public int? InterfaceIndex { get; set; }

    /// <summary>How many transmit and receive queues, 1 to 4096.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? QueueCount { get; set; }

    /// <summary>How many broadcasts may wait. The largest wish of all links of a lower device counts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int? BroadcastQueueLength { get; set; }

    /// <summary>From how many receivers on a multicast is put off to the queue. One value for all links of a lower device.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? BroadcastCutoff { get; set; }

    /// <summary>Flags of the mode: NoPromiscuous (passthru), NoDestination (source).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ModeFlag")]
    public ModeFlag? Flag { get; set; }

    /// <summary>The MAC addresses that a link in source mode receives from, at most 5400. An empty list is none, as links of other modes have it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public string[]? SourceAddress { get; set; }

    /// <summary>Free text for the link, up to 255 bytes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Alias { get; set; }

    /// <summary>Switches the link on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Up { get; set; }

    private protected abstract bool IsTap { get; }

    /// <summary>How the host shall make IPv6 addresses on the link; null leaves it to the kernel's default.</summary>
    private protected abstract AddressGeneration? HostAddressGeneration { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? [null!])
        {
            Attempt(name ?? LowerDevice?.ToString(), () => Create(name));
        }
    }

    private void Create(string? name)
    {
        if (name is { Length: 0 }) LinkName.ThrowIfInvalid(name);
        LinkReference reference = LowerDevice ?? throw new MacvtapException(
            FailureId.LowerDeviceNotFound,
            "No lower device was given: the object from the pipe has none.",
            $"Name it: {MyInvocation.MyCommand.Name} NAME LOWERDEVICE. (A piped link stands for the new link, not for its lower device.)",
            name);

        (LinkSession session, LinkSession lowerSession) = Sessions(reference);
        Link lower = FindLowerDevice(lowerSession, reference);
        MacvlanSpecification wanted = Specify(name, lower);
        string change = $"Create, mode {wanted.Mode}{string.Concat(Wishes(wanted).Select(w => $", {w}"))}";
        LinkSession? destination = session == lowerSession ? null : session;
        try
        {
            if (!Proceed(Describe(wanted, session, lowerSession), change, () => MacvlanPreflight.Check(wanted, LinkSnapshot.Take(lowerSession), destination is null ? null : LinkSnapshot.Take(destination)))) return;
            ChangeResult<Link> result = lowerSession.Creator.Create(wanted, destination);
            WriteObject(result.Link);
            ReportDifferences(result.Link, result.Differences);
        }
        catch (KernelException failure)
        {
            throw CreationCauses.Explain(failure, wanted, lowerSession.Reader, destination?.Reader);
        }
    }

    /// <summary>
    /// The sessions of the new link's and the lower device's namespaces; one and the same where they are the same. Without a namespace of its own the new link
    /// goes where the object is that was given as its lower device.
    /// </summary>
    private (LinkSession Own, LinkSession Lower) Sessions(LinkReference reference)
    {
        bool isOwnSaid = !string.IsNullOrEmpty(NetworkNamespace);
        bool isLowerSaid = !string.IsNullOrEmpty(LowerDeviceNamespace);
        LinkSession own = Session(isOwnSaid || isLowerSaid ? NetworkNamespace : reference.NetworkNamespace);
        if (!isLowerSaid && !reference.IsNamespaceKnown) return (own, own);
        LinkSession lower = Session(isLowerSaid ? LowerDeviceNamespace : reference.NetworkNamespace);
        return (own, lower.Namespace.IsSameAs(own.Namespace) ? own : lower);
    }

    private static string Describe(MacvlanSpecification wanted, LinkSession session, LinkSession lowerSession)
    {
        string place = session.Reader.NetworkNamespace is { } name ? $"network namespace {name}" : "the current network namespace";
        if (session == lowerSession) return session.Reader.NetworkNamespace is null ? wanted.Label : $"{wanted.Label} ({place})";
        return $"{wanted.Label} of {(lowerSession.Reader.NetworkNamespace is { } lower ? $"network namespace {lower}" : "the current network namespace")} ({place})";
    }

    /// <summary>What else is wished for, in the words of a line.</summary>
    private static IEnumerable<string> Wishes(MacvlanSpecification wanted)
    {
        if (wanted.Flag is { } flag) yield return $"flags {flag}";
        if (wanted.MacAddress is { } address) yield return $"MAC address {address}";
        if (wanted.Mtu is { } mtu) yield return $"MTU {mtu}";
        if (wanted.TransmitQueueLength is { } length) yield return $"transmit queue length {length}";
        if (wanted.InterfaceIndex is { } index) yield return $"index {index}";
        if (wanted.QueueCount is { } queues) yield return $"{queues} queue{(queues == 1 ? string.Empty : "s")}";
        if (wanted.BroadcastQueueLength is { } broadcasts) yield return $"broadcast queue length {broadcasts}";
        if (wanted.BroadcastCutoff is { } cutoff) yield return $"broadcast cutoff {cutoff}";
        if (wanted.SourceAddress is { } sources) yield return $"{sources.Count} source address{(sources.Count == 1 ? string.Empty : "es")}";
        if (wanted.Alias is { } alias) yield return $"alias '{alias}'";
        if (wanted.Up) yield return "switched on";
    }

    private MacvlanSpecification Specify(string? name, Link lower) => new()
    {
        IsTap = IsTap,
        Name = name,
        LowerDevice = lower.Name,
        LowerDeviceIndex = lower.InterfaceIndex,
        Mode = Mode,
        Flag = Flag,
        MacAddress = string.IsNullOrEmpty(MacAddress) ? null : MacAddress,
        Mtu = Mtu,
        TransmitQueueLength = TransmitQueueLength,
        InterfaceIndex = InterfaceIndex,
        QueueCount = QueueCount,
        BroadcastQueueLength = BroadcastQueueLength,
        BroadcastCutoff = BroadcastCutoff,
        SourceAddress = SourceAddress is { Length: 0 } && Mode != LinkMode.Source ? null : SourceAddress,
        Alias = string.IsNullOrEmpty(Alias) ? null : Alias,
        AddressGeneration = HostAddressGeneration,
        Up = Up,
    };

    /// <summary>The lower device, looked up once for a whole pipeline.</summary>
    private Link FindLowerDevice(LinkSession session, LinkReference reference)
    {
        (LinkSession, string) key = (session, reference.ToString());
        return _lowerDevices.TryGetValue(key, out Link? known) ? known : _lowerDevices[key] = Find(session, reference, FailureId.LowerDeviceNotFound);
    }
}
