namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>A view of a format file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeNames">The types it is for.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Columns">What it shows.</param>
/// <param name="GroupBy">The property it groups by, or null.</param>
internal sealed record FormatView(string Name, IReadOnlyList<string> TypeNames, FormatShape Shape, IReadOnlyList<FormatColumn> Columns, string? GroupBy);
