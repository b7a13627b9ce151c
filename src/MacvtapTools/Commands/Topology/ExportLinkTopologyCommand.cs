using System.Management.Automation;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Topology;

namespace MacvtapTools.Commands;

/// <summary>Writes a picture of how links hang together to a file.</summary>
[Cmdlet(VerbsData.Export, "LinkTopology", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLinkTopologyCommand : TopologyCmdlet
{
    private const string FileSystem = @"Microsoft.PowerShell.Core\FileSystem::";

    private string? _path;
    private TopologyFormat _format;

    /// <summary>The file. Its extension says the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The format, whatever the file is called.</summary>
    [Parameter]
    public TopologyFormat? Format { get; set; }

    /// <summary>The heading. What was read where it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Heading { get; set; }

    /// <summary>Draws who reaches whom on each lower device.</summary>
    [Parameter]
    public SwitchParameter Reachability { get; set; }

    /// <summary>The kind of frames that -Reachability is about: one.</summary>
    [Parameter]
    [ValidateSet(nameof(TrafficKind.Unicast), nameof(TrafficKind.Broadcast), nameof(TrafficKind.Multicast))]
    public TrafficKind TrafficKind { get; set; } = TrafficKind.Unicast;

    /// <summary>Replace the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Give the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            string path = GetUnresolvedProviderPathFromPSPath(Path);
            _format = Format ?? TopologyFile.FormatOf(path);
            TopologyFile.Check(path, Force);
            _path = path;
        }
        catch (MacvtapException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
        }
    }

    /// <inheritdoc/>
    private protected override void Process(LinkTopology topology, IReadOnlyList<LinkSession> sessions)
    {
        if (!Proceed(_path!, "Write topology", () => Verdict.Unless(() => TopologyFile.CheckWritable(_path!)))) return;
        IReadOnlyList<ReachSummary> reach = Reachability ? ReachReader.Read(topology, sessions, Session, OpenVswitch, TrafficKind, StopRequested) : [];
        string text = TopologyFile.Text(new TopologyPicture(topology, reach, Heading ?? Title()), _format);
        if (_format == TopologyFormat.Mermaid && MermaidWriter.WhyTooLarge(text) is { } why) WriteWarning($"The flowchart has {why}. -Name draws only the trees of those links; SVG and Graphviz have no limit.");
        FileInfo file = TopologyFile.Write(_path!, text, Force);
        // As the shell itself gives files: a bare FileInfo would have no mode, owner and size in its view.
        if (PassThru) WriteObject(SessionState.InvokeProvider.Item.Get([FileSystem + file.FullName], force: true, literalPath: true), enumerateCollection: true);
    }
}
