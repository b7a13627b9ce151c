using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Removes nodes that Repair-TapDevice made, and no others.</summary>
[Cmdlet(VerbsCommon.Remove, "TapDeviceNode", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveTapDeviceNodeCommand : TapDeviceCmdlet
{
    private const string ByPath = "ByPath";
    private const string ByOrphan = "Orphaned";

    private readonly TapNodeMaker _maker = new(TapNodeStore.Default);

    /// <summary>The paths of the nodes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>All that were made for links that are gone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByOrphan)]
    public SwitchParameter Orphaned { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ByPath:
                foreach (string path in Path) Attempt(path, () => RemoveAt(GetUnresolvedProviderPathFromPSPath(path)));
                break;
            case ByOrphan:
                if (Orphaned) Attempt(null, () => { foreach (TapNodeRecord record in Records.Where(r => TapNodeMaker.IsOrphaned(r, Session()))) Attempt(record.Path, () => Remove(record)); });
                break;
            default:
                base.ProcessRecord();
                break;
        }
    }

    private protected override void Process(LinkSession session, Link link, string? path)
    {
        if (path is not null)
        {
            RemoveAt(path);
            return;
        }

        TapDevice device = Locator.Locate(session, link);
        TapNodeRecord[] its = [.. Records.Where(r => r.IsFor(device))];
        if (its.Length == 0)
        {
            throw new MacvtapException(
                FailureId.TapNodeNotOurs,
                $"Repair-TapDevice made no node for {TapFailures.Link(device)}.",
                $"{device.Path} is the kernel's, or somebody else's: it goes with the link.",
                device);
        }

        foreach (TapNodeRecord record in its) Remove(record);
    }

    private static IReadOnlyList<TapNodeRecord> Records => TapNodeStore.Default.Read();

    private void RemoveAt(string path) => Remove(Records.FirstOrDefault(r => r.Path == path) ?? throw new MacvtapException(
        FailureId.TapNodeNotOurs,
        $"{path} was not made by Repair-TapDevice. It was left alone.",
        "A node of the kernel goes with its link; one that somebody else made is for him to remove.",
        path));

    private void Remove(TapNodeRecord record)
    {
        string place = record.NetworkNamespace is { } name ? $", network namespace {name}" : string.Empty;
        if (Proceed($"{record.Path}, made for {record.Name} (index {record.InterfaceIndex}{place})", "Remove the node", () => Verdict.Unless(() => _maker.CheckRemove(record)))) _maker.Remove(record);
    }
}
