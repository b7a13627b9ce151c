using System.Management.Automation;
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
        else foreach (TapDevice device in TapDevice) Attempt(device, () => WriteObject(TapTarget.Of(Session(device.NetworkNamespace), device).Open(Options)));
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, bool isPattern)
    {
        if (isPattern && link is not (MacvtapLink or TapLink)) return;
        WriteObject(TapTarget.Of(session, link, _locator).Open(Options));
    }

    /// <inheritdoc/>
    private protected override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value), false);
    }
}
