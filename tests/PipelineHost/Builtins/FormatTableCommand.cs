using System.Management.Automation;
using MacvtapTools.PipelineHost.Formatting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shows objects as a table, whose columns the first of them decides. A property that it does not have gets an empty column.</summary>
[Cmdlet("Format", "Table")]
[Alias("ft")]
public sealed class FormatTableCommand : FormatCommand
{
    private FormatView? own;

    private protected override FormatView ViewOf(PSObject item) =>
        Property is null && Formats.Find(item, ViewKind.Table) is { } view
            ? view
            : own ??= new FormatView(string.Empty, [], ViewKind.Table, [.. Columns(item, withMissing: true)]);
}
