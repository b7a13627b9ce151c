using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Selects objects from the beginning or the end, or properties of each.</summary>
[Cmdlet("Select", "Object")]
[Alias("select")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject?> tail = new();
    private int seen;
    private int given;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    private bool FirstGiven => MyInvocation.BoundParameters.ContainsKey(nameof(First));

    protected override void ProcessRecord()
    {
        if (seen++ < Skip || (FirstGiven && given >= First))
            return;

        if (Last > 0)
        {
            tail.Enqueue(InputObject);
            if (tail.Count > Last)
                tail.Dequeue();

            return;
        }

        Give(InputObject);
        if (FirstGiven && ++given >= First)
            throw new StopUpstreamCommandsException(this);
    }

    protected override void EndProcessing()
    {
        foreach (PSObject? item in tail)
            Give(item);
    }

    private void Give(PSObject? item)
    {
        if (ExpandProperty is not null)
            Expand(item);
        else if (Property is null || item is null)
            WriteObject(item);
        else
            WriteObject(Pick(item));
    }

    private PSObject Pick(PSObject item)
    {
        PSObject picked = new();
        picked.TypeNames.Insert(0, "Selected." + item.TypeNames[0]);
        foreach (string name in Property!)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            PSPropertyInfo[] matches = WildcardPattern.ContainsWildcardCharacters(name)
                ? [.. item.Properties.Where(p => pattern.IsMatch(p.Name))]
                : [item.Properties[name] ?? new PSNoteProperty(name, null)];
            foreach (PSPropertyInfo match in matches)
                picked.Properties.Add(new PSNoteProperty(WildcardPattern.ContainsWildcardCharacters(name) ? match.Name : name, match.Value));
        }

        return picked;
    }

    private void Expand(PSObject? item)
    {
        if (item?.Properties[ExpandProperty!] is not { } property)
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return;
        }

        WriteObject(property.Value, enumerateCollection: true);
    }
}
