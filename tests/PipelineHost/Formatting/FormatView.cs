namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>A view of a format file, or one that a Format cmdlet made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeNames">The types it is for.</param>
/// <param name="Kind">How it shows them.</param>
/// <param name="Columns">What it shows.</param>
/// <param name="GroupBy">The property it groups by, or null.</param>
/// <param name="Wraps">Whether a table breaks the lines of its cells instead of cutting them.</param>
/// <param name="GroupLabel">What stands before the value in the line above a group, where a script chooses the group: one that gives nothing has no such line. Null: the property's name.</param>
internal sealed record FormatView(string Name, IReadOnlyList<string> TypeNames, ViewKind Kind, IReadOnlyList<FormatColumn> Columns, string? GroupBy = null, bool Wraps = false, string? GroupLabel = null)
{
    /// <summary>What the Format cmdlet that made it was called for; views with the same one go on with each other.</summary>
    internal object? Maker { get; init; }

    internal bool GoesOn(FormatView? other) => ReferenceEquals(this, other) || (Maker is not null && ReferenceEquals(Maker, other?.Maker));
}
