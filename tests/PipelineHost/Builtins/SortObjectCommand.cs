using System.Management.Automation;
using MacvtapTools.PipelineHost.Parsing;

namespace Microsoft.PowerShell.Commands;

/// <summary>Sorts by properties, or by the objects themselves; equal ones stay in order.</summary>
[Cmdlet("Sort", "Object")]
[Alias("sort")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject?> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        Comparer<PSObject?> comparer = Comparer<PSObject?>.Create((a, b) => Descending ? Compare(b, a) : Compare(a, b));
        PSObject? last = null;
        bool any = false;
        foreach (PSObject? item in items.Order(comparer))
        {
            if (!Unique || !any || Compare(last, item) != 0)
                WriteObject(item);

            last = item;
            any = true;
        }
    }

    private int Compare(PSObject? a, PSObject? b)
    {
        if (Property is null)
            return LanguagePrimitives.Compare(a, b, !CaseSensitive);

        return Property
            .Select(p => LanguagePrimitives.Compare(MemberNode.Read(a, p), MemberNode.Read(b, p), !CaseSensitive))
            .FirstOrDefault(c => c != 0);
    }
}
