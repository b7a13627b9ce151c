using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Frames;
using MacvtapTools.Interop;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that streams frames of links, as objects or to a capture file, until it is stopped, or for as many frames or as long as asked.</summary>
public abstract class FrameStreamCmdlet : IdentityCmdlet<Link>
{
    private const int ShortestSnap = 14;

    private readonly List<IFrameSource> _sources = [];
    private FrameFilter _filter = FrameFilter.Everything;
    private FrameRecorder? _recorder;
    private WorkProgress? _progress;

    /// <summary>Only frames with one of these source addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Source { get; set; }

    /// <summary>Only frames with one of these destination addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Destination { get; set; }

    /// <summary>Only frames of one of these types: names such as IPv4, or numbers such as 0x88b5.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EtherTypeCompleter))]
    public string[]? Type { get; set; }

    /// <summary>End after so many frames.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long Count { get; set; } = long.MaxValue;

    /// <summary>End after this time: seconds, or a TimeSpan. No limit where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.MaxValue;

    /// <summary>Write the frames to this file, as pcapng, instead of emitting them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Add to the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Replace the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>With -Path: emit the frames too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Cut frames after so many bytes: 14 to 262144. 0 for the whole frames.</summary>
    [Parameter]
    [ValidateRange(0, 262_144)]
    public int SnapLength { get; set; }

    private protected virtual FrameDirection WantedDirection => FrameDirection.Unknown;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        RefuseNegative(Timeout, nameof(Timeout), "Leave it out for no limit.");
        if (SnapLength is > 0 and < ShortestSnap) Refuse($"-SnapLength {SnapLength} would cut the header of the frames.", "14 bytes are the least; 0 is for whole frames.", SnapLength);
        if (Path is null && (Append || Force)) Refuse("-Append and -Force are about a file, and -Path names none.", "Give -Path.", this);
        if (Append && Force) Refuse("-Append and -Force exclude each other.", "-Append adds to a file that is there, -Force replaces it.", Path!);
        try
        {
            _filter = new FrameFilter(Source?.Select(FrameBuilder.Address), Destination?.Select(FrameBuilder.Address), Type?.Select(FrameBuilder.Type), WantedDirection);
        }
        catch (MacvtapException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
        }
    }

    /// <summary>Streams what all sources give.</summary>
    protected override void EndProcessing()
    {
        if (_sources.Count > 0) Attempt(null, Stream);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (IFrameSource source in _sources) source.Dispose();
            _sources.Clear();
            _recorder?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Notes a source; what it gives is streamed when all are known.</summary>
    private protected void Add(IFrameSource source) => _sources.Add(source);

    private void Stream()
    {
        long deadline = Timeout == TimeSpan.MaxValue ? long.MaxValue : Environment.TickCount64 + (long)Math.Min(Timeout.TotalMilliseconds, long.MaxValue / 2);
        if (Path is not null) OpenFile(Path, deadline);
        using var collector = new FrameCollector(_sources, _filter, StopRequested) { Changed = TellChange, Lost = TellLoss, Idle = WriteOut, Ticked = Tick };
        bool isEmitting = _recorder is null || PassThru;
        int most = SnapLength == 0 ? int.MaxValue : SnapLength;
        try
        {
            for (long left = Count; left > 0 && collector.TryNext(deadline, out FrameView frame, out IFrameSource? source); left--)
            {
                _recorder?.Write(source!, frame);
                if (isEmitting) WriteObject(frame.ToFrame(source!.Origin, most));
            }
        }
        finally
        {
            // Also where the pipeline was stopped: the file is closed as it should be, only nobody hears of it.
            foreach (IFrameSource source in collector.Sources) _recorder?.Close(source);
            _recorder?.Flush();
        }

        foreach (IFrameSource source in collector.Sources) TellDropped(source);
        _progress?.End();
        if (_recorder is not null && !PassThru) WriteObject(_recorder.Describe());
    }

    private void OpenFile(string path, long deadline)
    {
        string full = GetUnresolvedProviderPathFromPSPath(path);
        if (OutputFiles.IsPipe(full)) WriteVerbose($"{path} is a pipe: frames are written when a program reads it.");
        _recorder = new FrameRecorder(full, Append, Force, SnapLength, deadline, StopRequested);
        foreach (IFrameSource source in _sources) _recorder.Add(source);
        _recorder.Flush();
        _progress = new WorkProgress(this, $"Writing frames to {path}");
    }

    private void WriteOut() => _recorder?.Flush();

    private void Tick()
    {
        _recorder?.Flush();
        if (_progress is { IsDue: true }) _progress.Show($"{_recorder!.FrameCount} frames, {_recorder.ByteCount} bytes");
    }

    private void TellChange(IFrameSource source, LinkCondition condition)
    {
        string name = source.Origin.LinkName!;
        switch (condition)
        {
            case LinkCondition.Down:
                WriteWarning($"{name} is switched off: no frame comes until it is on ({CommandText.For("Enable-Link", name, source.Origin.NetworkNamespace)}).");
                break;
            case LinkCondition.Moved:
                WriteWarning($"{name} was moved to another network namespace. Its open tap device goes on giving frames.");
                break;
            default:
                WriteVerbose($"{name} is switched on again.");
                break;
        }
    }

    private void TellLoss(IFrameSource source, MacvtapException failure)
    {
        TellDropped(source);
        _recorder?.Close(source);
        Report(failure);
    }

    private void TellDropped(IFrameSource source)
    {
        if (source.DroppedCount is > 0 and var count)
            WriteWarning($"{count} frames of {source.Origin.LinkName} were dropped: they came faster than they were taken.{DroppedAdvice}");
    }

    /// <summary>What helps against dropped frames.</summary>
    private protected abstract string DroppedAdvice { get; }
}
