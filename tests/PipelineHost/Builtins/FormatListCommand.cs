using System.Management.Automation;
using MacvtapTools.PipelineHost.Formatting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shows objects as lists. A property that an object does not have gets no line.</summary>
[Cmdlet("Format", "List")]
[Alias("fl")]
public sealed class FormatListCommand : FormatCommand
{
    private protected override FormatView ViewOf(PSObject item) =>
        Property is null && Formats.Find(item, ViewKind.List) is { } view
            ? view
            : new FormatView(string.Empty, [], ViewKind.List, [.. Columns(item, withMissing: false)]) { Maker = this };
}
