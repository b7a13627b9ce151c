using System.Management.Automation;

namespace MacvtapTools.Tour.Frames.Commands;

/// <summary>Gets an interface index that no tap device of this machine has: beyond a million, where the kernel's own counting does not come.</summary>
[Cmdlet(VerbsCommon.Get, "TourIndex")]
[OutputType(typeof(int))]
public sealed class GetTourIndexCommand : PSCmdlet
{
    private const int First = 1_000_000;
    private static int _last = Random.Shared.Next(First, 1_000_000_000);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        do
            _last++;
        while (Path.Exists($"/dev/tap{_last}"));
        WriteObject(_last);
    }
}
