using System.Management.Automation;
using MacvtapTools.PipelineHost.Formatting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shows objects by names or patterns of their properties. No calculated properties.</summary>
public abstract class FormatCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    private protected FormatTable Formats => SessionState.Session.Formats;

    private protected abstract FormatView ViewOf(PSObject item);

    protected override void ProcessRecord()
    {
        if (InputObject is { } item)
            WriteObject(FormatTable.IsText(item) ? item : new FormattedObject(item, ViewOf(item)));
    }

    /// <summary>The properties that are asked for, by the object's own spelling; all of them where none is asked for.</summary>
    private protected IEnumerable<FormatColumn> Columns(PSObject item, bool withMissing)
    {
        foreach (string wanted in Property ?? ["*"])
        {
            WildcardPattern pattern = new(wanted, WildcardOptions.IgnoreCase);
            string[] found = [.. item.Properties.Select(p => p.Name).Where(pattern.IsMatch)];
            if (found.Length == 0 && withMissing && !WildcardPattern.ContainsWildcardCharacters(wanted))
                found = [wanted];

            foreach (string name in found)
                yield return new FormatColumn(name, name, 0, null);
        }
    }
}
