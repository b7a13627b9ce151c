using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Makes nodes for tap devices whose node is missing, or another link's.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "TapDevice", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(TapDevice))]
public sealed class RepairTapDeviceCommand : TapDeviceCmdlet
{
    private readonly TapNodeMaker _maker = new(TapNodeStore.Default);

    /// <summary>Where to make the node. Where it is left out: in a directory of the module's own below /dev, and only if the node at /dev/tapN cannot be used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(null, RemoveOrphans);
    }

    private protected override void Process(LinkSession session, Link link, string? path)
    {
        TapDevice found = Locator.Locate(session, link);
        if (found.Kind != TapDeviceKind.Macvtap) throw TapFailures.Classic(found);
        string? wanted = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);
        if (wanted is null && found.State is TapDeviceState.Ready or TapDeviceState.NoAccess)
        {
            WriteVerbose($"{found.Path} is the tap device of {link.Name}: there is nothing to repair.");
            WriteObject(found);
            return;
        }

        string place = wanted ?? _maker.PrivatePath(found);
        if (!Proceed(Describe(link), $"Make a node of its tap device ({found.Device}) at {place}", () => Verdict.Unless(() => _maker.Check(found, wanted)))) return;
        string made = _maker.Make(session, found, wanted);
        Locator.Refresh();
        WriteObject(Locator.Locate(session, link, made));
    }

    /// <summary>A node whose link is gone opens the next link that gets its number.</summary>
    private void RemoveOrphans()
    {
        foreach (TapNodeRecord record in TapNodeStore.Default.Read().Where(r => TapNodeMaker.IsOrphaned(r, Session())))
        {
            try
            {
                if (!Proceed(record.Path, $"Remove the node of {record.Name}, which is gone", () => Verdict.Unless(() => _maker.CheckRemove(record)))) continue;
                _maker.Remove(record);
            }
            catch (Exception failure) when (failure is MacvtapException or KernelException)
            {
                WriteWarning($"{record.Path}, made for {record.Name}, which is gone, {(failure is PredictedRefusal ? "would not be" : "was not")} removed: {failure.Message}");
            }
        }
    }
}
