using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Frames;

namespace MacvtapTools.Commands;

/// <summary>Reads the frames of capture files: pcapng, and classic pcap.</summary>
[Cmdlet(VerbsData.Import, "FrameCapture", DefaultParameterSetName = PatternSet)]
[OutputType(typeof(EthernetFrame))]
public sealed class ImportFrameCaptureCommand : ModuleCmdlet
{
    private const string PatternSet = nameof(Path);
    private const string LiteralSet = nameof(LiteralPath);
    private const int LookEvery = 1024;

    private FrameFilter _filter = FrameFilter.Everything;

    /// <summary>The files; patterns are taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PatternSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, each by its path as it is: brackets and the like are no pattern.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _filter = new FrameFilter(Source?.Select(FrameBuilder.Address), Destination?.Select(FrameBuilder.Address), Type?.Select(FrameBuilder.Type));
        }
        catch (MacvtapException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<string> files = ParameterSetName == LiteralSet ? LiteralPath.Select(GetUnresolvedProviderPathFromPSPath) : CapturePaths.Resolve(this, Path);
        foreach (string path in files) Attempt(path, () => Read(path));
    }

    private void Read(string path)
    {
        using CaptureReader reader = CaptureReader.Open(path);
        var progress = new WorkProgress(this, $"Reading frames of {path}");
        for (long count = 1; reader.Next() is { } frame; count++)
        {
            if (Stopping) throw new PipelineStoppedException();
            if (count % LookEvery == 0 && progress.IsDue) Show(progress, reader, count);
            if (_filter.Accepts(frame.Data, frame.Direction)) WriteObject(frame);
        }

        progress.End();
        if (reader.SkippedCount > 0) WriteWarning($"{reader.SkippedCount} frames of {path} are not Ethernet and were passed over.");
    }

    private static void Show(WorkProgress progress, CaptureReader reader, long count)
    {
        (long offset, long? length) = reader.Position;
        progress.Show(string.Create(CultureInfo.InvariantCulture, $"{count} frames"), length > 0 ? (int)Math.Min(100, offset * 100 / length.Value) : -1);
    }
}
