using System.Management.Automation;
using MacvtapTools.Frames;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Receives the frames for a guest from the tap device of a link, in the guest's place.</summary>
[Cmdlet(VerbsCommunications.Receive, "TapFrame", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(EthernetFrame), typeof(FrameCapture))]
public sealed class ReceiveTapFrameCommand : FrameStreamCmdlet
{
    private readonly TapDeviceLocator _locator = new();

    /// <summary>Open tap devices, as Open-TapDevice gives them; they stay open.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = nameof(Endpoint), ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapEndpoint[] Endpoint { get; set; } = [];

    /// <summary>Tap devices, as Get-TapDevice gives them; opened for the time being.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = nameof(Device), ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapDevice[] Device { get; set; } = [];

    /// <summary>No warning where another process has the device open: the frames are to be shared.</summary>
    [Parameter]
    public SwitchParameter Share { get; set; }

    private protected override string DroppedAdvice => " The device holds as many as the link's transmit queue length: Set-Link -TransmitQueueLength gives it more room.";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case nameof(Endpoint):
                foreach (TapEndpoint endpoint in Endpoint) Attempt(endpoint, () => Add(Session(endpoint.NetworkNamespace), endpoint.RequireFrames(), false));
                break;
            case nameof(Device):
                foreach (TapDevice device in Device) Attempt(device, () => Add(Session(device.NetworkNamespace), TapTarget.Of(Session(device.NetworkNamespace), device)));
                break;
            default:
                base.ProcessRecord();
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, bool isPattern)
    {
        if (isPattern && link is not (MacvtapLink or TapLink { Mode: TapMode.Tap })) return;
        Add(session, TapTarget.Of(session, link, _locator));
    }

    /// <inheritdoc/>
    private protected override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value), false);
    }

    private void Add(LinkSession session, TapTarget target) => Add(session, target.RequireFrames().Open(new TapEndpointOptions()), true);

    private void Add(LinkSession session, TapEndpoint endpoint, bool isOwn)
    {
        try
        {
            if (!Share && endpoint.Device is { } device) WarnOfHolders(device);
            Add(new TapSource(session, endpoint, isOwn));
        }
        catch
        {
            if (isOwn) endpoint.Dispose();
            throw;
        }
    }

    private void WarnOfHolders(TapDevice device)
    {
        TapHolderScan scan = TapHolderScanner.Scan(new HashSet<DeviceNumber> { device.Device }, StopRequested);
        string others = string.Join(", ", scan.HoldersOf(device.Device).Where(h => h.ProcessId != Environment.ProcessId));
        if (others.Length > 0)
            WriteWarning($"{others} has {device.Path} open too: what is received here does not reach that guest. {device.Command("Watch-LinkFrame")} copies and takes nothing (-Share: no warning).");
    }
}
