using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>What a Format cmdlet gives: an object, and the view to show it in.</summary>
/// <param name="Item">The object.</param>
/// <param name="View">The view.</param>
internal sealed record FormattedObject(PSObject Item, FormatView View);
