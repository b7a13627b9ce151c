using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Frames;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Sends frames into a tap device, as its guest would.</summary>
[Cmdlet(VerbsCommunications.Send, "TapFrame", DefaultParameterSetName = FrameSet, SupportsShouldProcess = true)]
public sealed class SendTapFrameCommand : KernelCmdlet
{
    private const string FrameSet = nameof(Frame);
    private const string PathSet = nameof(Path);

    private readonly Dictionary<string, TapEndpoint?> _endpoints = new(StringComparer.Ordinal);
    private readonly List<TapEndpoint> _own = [];
    private readonly TapDeviceLocator _locator = new();
    private byte[] _buffer = [];
    private bool _hasSent;
    private long _sent;
    private long _cut;
    private WorkProgress? _progress;

    /// <summary>With -WhatIf, in the place of sending: whether a frame could be sent; null where that is not asked, or the device could not be opened.</summary>
    private Action<int>? _check;

    /// <summary>Where to: an open tap device (Open-TapDevice), a tap device (Get-TapDevice), a link, its name or its index.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Name", "Endpoint", "Device")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public TapReference Tap { get; set; } = null!;

    /// <summary>The frames: objects, bytes, or hex text.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FrameSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] Frame { get; set; } = [];

    /// <summary>Send the frames of these capture files. Patterns are taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>How often to send each frame; with -Path, how often to send the file.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>How long to wait between two frames: seconds, or a TimeSpan.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Interval { get; set; }

    /// <summary>A file of frames is one piece, and a frame by the pipe is one: they are counted together.</summary>
    private protected override bool ShowsPieces => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Interval < TimeSpan.Zero || Interval.TotalMilliseconds > int.MaxValue)
            ThrowTerminatingError(Errors.ErrorRecords.From(new MacvtapException(FailureId.ParameterInvalid, "-Interval must be 0 to 2147483 seconds.", null, Interval)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FrameSet) FrameArgument.RefuseSingleByte(this, Frame);
        Action<EthernetFrame>? send = Endpoint() is { } endpoint ? frame => Send(endpoint, frame) : _check is { } check ? frame => check(frame.Data.Length) : null;
        if (send is null) return;
        if (ParameterSetName == PathSet)
        {
            foreach (string path in CapturePaths.Resolve(this, Path)) Attempt(path, () => SendFile(send, path));
        }
        else
        {
            Attempt(Frame, () => SendEach(send));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _progress?.End();
        if (_cut > 0) WriteWarning($"{_cut} of {_sent} frames were sent shorter than they once were: the capture has only their beginning (-SnapLength cuts so).");
        WriteVerbose($"{_sent} frames were handed to the kernel.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (TapEndpoint endpoint in _own) endpoint.Dispose();
            _own.Clear();
        }

        base.Dispose(disposing);
    }

    private void SendEach(Action<EthernetFrame> send)
    {
        foreach (EthernetFrame frame in FrameArgument.Frames(Frame))
        {
            for (int i = 0; i < Times; i++) send(frame);
        }
    }

    private void SendFile(Action<EthernetFrame> send, string path)
    {
        for (int i = 0; i < Times; i++)
        {
            using CaptureReader reader = CaptureReader.Open(path);
            while (reader.Next() is { } frame) send(frame);
            if (reader.SkippedCount > 0) WriteWarning($"{reader.SkippedCount} frames of {path} are not Ethernet and were passed over.");
        }
    }

    private void Send(TapEndpoint endpoint, EthernetFrame frame)
    {
        if (Stopping) throw new PipelineStoppedException();
        if (_hasSent && Interval > TimeSpan.Zero && StopRequested.WaitHandle.WaitOne(Interval)) throw new PipelineStoppedException();
        endpoint.Send(WithHeader(endpoint, frame.Data));
        if (frame.OriginalLength > frame.Length) _cut++;
        _hasSent = true;
        _sent++;
        _progress ??= new WorkProgress(this, $"Sending frames to {endpoint.Name}");
        if (_progress.IsDue) _progress.Show($"{_sent} frames");
    }

    /// <summary>The endpoint for this record's namespace, opened once; null where it could not be opened, or the user does not want it.</summary>
    private TapEndpoint? Endpoint()
    {
        string key = NetworkNamespace ?? string.Empty;
        if (_endpoints.TryGetValue(key, out TapEndpoint? known)) return known;
        TapEndpoint? endpoint = null;
        Attempt(Tap, () =>
        {
            if (Tap.Endpoint is { } open)
            {
                if (Proceed(open.ToString(), "Send frames", () => Check(Verdict.Unless(() => open.RequireFrames()), length => TapPreflight.RequireSendable(open, length)))) endpoint = open.RequireFrames();
                return;
            }

            TapTarget target;
            string place;
            if (Tap.Device is { } device)
            {
                target = TapTarget.Of(Session(device.NetworkNamespace), device);
                place = $"{device.Path} ({device.Name})";
            }
            else
            {
                LinkSession session = Session(NetworkNamespace ?? Tap.Link.NetworkNamespace);
                Link link = Find(session, Tap.Link, FailureId.LinkNotFound);
                target = TapTarget.Of(session, link, _locator);
                place = Describe(link);
            }

            if (Proceed(place, "Send frames", () => Check(target))) endpoint = Own(target.RequireFrames().Open(new TapEndpointOptions()));
        });
        return _endpoints[key] = endpoint;
    }

    private int Times => _check is null ? Count : 1;

    private Verdict Check(TapTarget target) =>
        Check(target.RequireFrames().Check(new TapEndpointOptions()), length => TapPreflight.RequireSendable(target.Link, target.Path, length));

    private Verdict Check(Verdict opening, Action<int> sending)
    {
        _check = sending;
        return opening;
    }

    /// <summary>What the endpoint has before each frame, all zero: nothing is left to do with the frame.</summary>
    private ReadOnlySpan<byte> WithHeader(TapEndpoint endpoint, ReadOnlySpan<byte> frame)
    {
        int header = endpoint.HeaderLength;
        if (header == 0) return frame;
        if (_buffer.Length < header + frame.Length) _buffer = new byte[header + frame.Length];
        _buffer.AsSpan(0, header).Clear();
        frame.CopyTo(_buffer.AsSpan(header));
        return _buffer.AsSpan(0, header + frame.Length);
    }

    /// <summary>Takes charge of an endpoint that was opened only to send: it must not take frames away from the guest.</summary>
    private TapEndpoint Own(TapEndpoint endpoint)
    {
        _own.Add(endpoint);
        endpoint.StopReceiving();
        return endpoint;
    }
}
