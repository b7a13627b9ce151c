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
    public void Dispose() => _recorder?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            if (Append && Force)
                throw new MacvtapException(FailureId.ParameterInvalid, "-Append and -Force exclude each other.", "-Append adds to a file that is there, -Force replaces it.", Path);
            string path = GetUnresolvedProviderPathFromPSPath(Path);
            if (Proceed(path, "Write frames", () => Verdict.Unless(() => CaptureFiles.CheckWritable(path, Append, Force)))) _recorder = new FrameRecorder(path, Append, Force);
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
            foreach (EthernetFrame frame in FrameArgument.Frames(Frame)) _recorder.Write(frame);
        });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Attempt(Path, () =>
        {
            if (_recorder is null) return;
            _recorder.Flush();
            if (PassThru) WriteObject(_recorder.Describe());
        });
        base.EndProcessing();
    }
}
