using System.Management.Automation;
using MacvtapTools.Frames;
using MacvtapTools.Guests.Relays;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Receives the frames for a guest from the tap device of a link, in the guest's place.</summary>
[Cmdlet(VerbsCommunications.Receive, "TapFrame", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(EthernetFrame), typeof(FrameCapture))]
public sealed class ReceiveTapFrameCommand : FrameStreamCmdlet
{
    private readonly TapDeviceLocator _locator = new();
    private readonly List<(LinkSession Session, TapEndpoint Endpoint)> _opened = [];

    /// <summary>Open tap devices, as Open-TapDevice gives them; they stay open.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = nameof(Endpoint), ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapEndpoint[] Endpoint { get; set; } = [];

    /// <summary>Tap devices, as Get-TapDevice gives them; opened for the time being.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = nameof(Device), ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapDevice[] Device { get; set; } = [];

    /// <summary>No warning where others have the device open: the frames are to be shared.</summary>
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

    /// <summary>Who else has the devices open is asked when all are known, and before the first frame is taken.</summary>
    protected override void EndProcessing()
    {
        if (!Share)
        {
            foreach (var link in _opened.GroupBy(o => (o.Session, o.Endpoint.InterfaceIndex, o.Endpoint.Device?.Device)))
                Attempt(link.First().Endpoint, () => WarnOfHolders(link.Key.Session, [.. link.Select(o => o.Endpoint).Distinct()]));
        }

        base.EndProcessing();
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
            Add(new TapSource(session, endpoint, isOwn));
            _opened.Add((session, endpoint));
        }
        catch
        {
            if (isOwn) endpoint.Dispose();
            throw;
        }
    }

    /// <summary>Warns where others take frames from a device too: other processes, and in this one all that the command itself does not read from.</summary>
    /// <param name="session">The session of the link's namespace.</param>
    /// <param name="endpoints">The open devices of one link that the command reads from.</param>
    private void WarnOfHolders(LinkSession session, TapEndpoint[] endpoints)
    {
        TapEndpoint endpoint = endpoints[0];
        if (DeviceOf(session, endpoint) is not { } device) return;
        TapHolderScan scan = TapHolderScanner.Scan(new HashSet<DeviceNumber> { device.Device }, StopRequested);
        IReadOnlyList<TapHolder> holders = scan.HoldersOf(device);
        List<string> others = [.. holders.Where(h => h.ProcessId != Environment.ProcessId).Select(h => h.ToString())];
        int queues = holders.Where(h => h.ProcessId == Environment.ProcessId).Sum(h => h.QueueCount ?? 0);
        if (queues > endpoints.Sum(e => e.QueueCount)) others.AddRange(OthersHere(endpoint));
        if (others.Count > 0)
            WriteWarning($"{string.Join(", ", others)} has {endpoint} open too: what is received here does not reach that guest. {device.Command("Watch-LinkFrame")} copies and takes nothing (-Share: no warning).");
    }

    /// <summary>The tap device whose holders are to be found; null for a classic tap of a single queue, which nobody else can have open.</summary>
    private TapDevice? DeviceOf(LinkSession session, TapEndpoint endpoint) =>
        endpoint.Device ?? (session.Reader.Find(endpoint.InterfaceIndex) is TapLink { MultiQueue: true } classic && classic.Name == endpoint.Name ? _locator.Locate(session, classic) : null);

    /// <summary>Who it is in this process: relays, and where there is none, an endpoint.</summary>
    private static string[] OthersHere(TapEndpoint endpoint)
    {
        string[] relays =
        [
            .. RelayStarter.List().Where(r => r.State != TapRelayState.Ended && (r.Name == endpoint.Name || r.Peer == endpoint.Name) && r.NetworkNamespace == endpoint.NetworkNamespace).Select(r => $"the {r}"),
        ];
        return relays.Length > 0 ? relays : ["an endpoint of this shell (Open-TapDevice)"];
    }
}
