using System.Management.Automation;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Frames;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Writes frames to a capture file, as pcapng.</summary>
[Cmdlet(VerbsData.Export, "FrameCapture", SupportsShouldProcess = true)]
[OutputType(typeof(FrameCapture))]
public sealed class ExportFrameCaptureCommand : ModuleCmdlet, IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;
    private FrameRecorder? _recorder;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The frames: objects, bytes, or hex text.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] Frame { get; set; } = [];

    /// <summary>Add to the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Replace the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Tell what was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _recorder?.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }
    }

    /// <summary>Comes from another thread, also when the command has just ended by itself.</summary>
    protected override void StopProcessing()
    {
        lock (_gate)
        {
            if (!_isDisposed) _stopping.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            if (Append && Force)
                throw new MacvtapException(FailureId.ParameterInvalid, "-Append and -Force exclude each other.", "-Append adds to a file that is there, -Force replaces it.", Path);
            string path = GetUnresolvedProviderPathFromPSPath(Path);
            if (Proceed(path, "Write frames", () => Verdict.Unless(() => CaptureFiles.CheckWritable(path, Append, Force)))) _recorder = new FrameRecorder(path, Append, Force, stop: _stopping.Token);
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (MacvtapException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        FrameArgument.RefuseSingleByte(this, Frame);
        if (_recorder is null) return;
        Attempt(Frame, () =>
        {
            OrEnd(() =>
            {
                foreach (EthernetFrame frame in FrameArgument.Frames(Frame)) _recorder.Write(frame);
            });
        });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Attempt(Path, () =>
        {
            if (_recorder is null) return;
            OrEnd(_recorder.Flush);
            if (PassThru) WriteObject(_recorder.Describe());
        });
        base.EndProcessing();
    }

    /// <summary>Where the file takes no more, the frames that are still to come have no place: the command ends.</summary>
    private void OrEnd(Action write)
    {
        try
        {
            write();
        }
        catch (MacvtapException failure) when (_recorder!.IsBroken)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, Path));
        }
    }
}
