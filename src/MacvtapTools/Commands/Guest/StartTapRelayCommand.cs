using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Guests.Relays;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Starts to carry frames between a tap device and a socket, for programs that cannot use the device itself, or between two tap devices.</summary>
[Cmdlet(VerbsLifecycle.Start, "TapRelay", SupportsShouldProcess = true, DefaultParameterSetName = PairSet)]
[OutputType(typeof(TapRelay))]
public sealed class StartTapRelayCommand : GuestCmdlet
{
    private const string PairSet = "SocketPair";
    private const string PathSet = nameof(Path);
    private const string PeerSet = nameof(Peer);

    /// <summary>The tap devices, a relay for each: of Get-TapDevice, links, names of links, or open endpoints, which stay open.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public TapReference[] TapDevice { get; set; } = [];

    /// <summary>Listen at this path, for one program that connects. Without it a socket pair is made, for Start-TapProcess.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Wait for another program when the one that had connected has gone.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter KeepListening { get; set; }

    /// <summary>A second tap device instead of a socket: a cable between two links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PeerSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public TapReference Peer { get; set; } = null!;

    private string OtherSide => ParameterSetName switch
    {
        PathSet => $"the socket {Path}",
        PeerSet => $"the tap device of {Peer}",
        _ => "a socket pair",
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TapReference reference in TapDevice)
            Attempt(reference.ToString(), () => Start(reference));
    }

    private void Start(TapReference reference)
    {
        RequireDevice(reference, "Start-TapRelay");
        if (ParameterSetName == PeerSet) RequireDevice(Peer, "Start-TapRelay");
        if (!Proceed($"tap device of {reference}", $"Start a relay to {OtherSide}", () => Check(reference))) return;
        TapEndpoint endpoint = reference.Endpoint ?? OpenEndpoint(reference, new TapEndpointOptions());
        bool isOwner = reference.Endpoint is null;
        if (ParameterSetName != PeerSet)
        {
            WriteObject(RelayStarter.Start(endpoint, isOwner, ParameterSetName == PathSet ? GetUnresolvedProviderPathFromPSPath(Path) : null, KeepListening));
            return;
        }

        TapEndpoint other;
        try
        {
            other = Peer.Endpoint ?? OpenEndpoint(Peer, new TapEndpointOptions());
        }
        catch
        {
            if (isOwner) endpoint.Dispose();
            throw;
        }

        WriteObject(RelayStarter.StartCable(endpoint, isOwner, other, Peer.Endpoint is null));
    }

    private Verdict Check(TapReference reference)
    {
        Verdict verdict = CheckSide(reference);
        if (ParameterSetName == PathSet) RelaySocket.Check(GetUnresolvedProviderPathFromPSPath(Path));
        if (ParameterSetName != PeerSet) return verdict;
        verdict = verdict.And(CheckSide(Peer));
        RelayStarter.RequireOther(SideOf(reference), SideOf(Peer), Peer);
        return verdict;
    }

    private Verdict CheckSide(TapReference reference) => reference.Endpoint is { } endpoint ? Verdict.Unless(() => RelayStarter.RequireFrames(endpoint)) : CheckEndpoint(reference, new TapEndpointOptions());

    private RelaySide SideOf(TapReference reference)
    {
        if (reference.Endpoint is { } endpoint) return RelaySide.Of(endpoint);
        if (reference.Device is { } device) return new RelaySide(device.Name, device.InterfaceIndex, device.NetworkNamespace, 0);
        Link link = FindLink(reference.Link).Link;
        return new RelaySide(link.Name, link.InterfaceIndex, link.NetworkNamespace, 0);
    }
}
