using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Opens the tap devices of macvtap links, and classic tun and tap links, to send and receive what their guests would.</summary>
[Cmdlet(VerbsCommon.Open, "TapDevice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(TapEndpoint))]
public sealed class OpenTapDeviceCommand : IdentityCmdlet<Link>
{
    private const string TapDeviceSet = "TapDevice";

    private readonly TapDeviceLocator _locator = new();

    /// <summary>Tap devices, as Get-TapDevice gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TapDeviceSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapDevice[] TapDevice { get; set; } = [];

    /// <summary>How many queues to open. The kernel shares out the frames among all queues of a link, by flow.</summary>
    [Parameter]
    [ValidateRange(1, TapEndpoint.MaximumQueueCount)]
    public int QueueCount { get; set; } = 1;

    /// <summary>Put a vnet header before each frame.</summary>
    [Parameter]
    public SwitchParameter VnetHeader { get; set; }

    /// <summary>The size of the vnet header: 10 bytes, or 12.</summary>
    [Parameter]
    public int VnetHeaderSize { get; set; } = new TapEndpointOptions().VnetHeaderSize;

    /// <summary>What the reader takes over from the kernel.</summary>
    [Parameter]
    public TapOffload Offload { get; set; }

    /// <summary>Put four bytes of packet information before each packet. Only classic links have it.</summary>
    [Parameter]
    public SwitchParameter PacketInformation { get; set; }

    private TapEndpointOptions Options => new()
    {
        QueueCount = QueueCount,
        VnetHeader = VnetHeader,
        VnetHeaderSize = VnetHeaderSize,
        Offload = Offload,
        PacketInformation = PacketInformation,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != TapDeviceSet) base.ProcessRecord();
        else foreach (TapDevice device in TapDevice) Attempt(device, () => Open(Session(device.NetworkNamespace), device));
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, bool isPattern)
    {
        switch (link)
        {
            case MacvtapLink:
                Open(session, _locator.Locate(session, link));
                break;
            case TapLink tap:
                WriteObject(TapEndpoint.Open(tap, Options, session.Namespace, session.Sysfs));
                break;
            default:
                if (isPattern) break;
                throw new MacvtapException(
                    FailureId.NotMacvtapLink,
                    $"{link.Name} has no tap device: it is {(link.Kind is { } kind ? $"of kind {kind}" : "a device")}, neither a macvtap nor a classic tun or tap link.",
                    $"Get-Link -Kind macvtap{CommandText.Place(link.NetworkNamespace)} and Get-Link -Kind tun{CommandText.Place(link.NetworkNamespace)} list those that have.",
                    link);
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value), false);
    }

    // A classic link has no node of its own: it is attached by its name.
    private void Open(LinkSession session, TapDevice device) => WriteObject(device.Kind != TapDeviceKind.Macvtap && session.Reader.Find(device.InterfaceIndex) is TapLink tap && tap.Name == device.Name
        ? TapEndpoint.Open(tap, Options, session.Namespace, session.Sysfs)
        : TapEndpoint.Open(device, Options, session.Sysfs));
}
