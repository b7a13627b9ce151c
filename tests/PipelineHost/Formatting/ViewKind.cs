namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>How a view shows objects.</summary>
internal enum ViewKind
{
    /// <summary>A row for each.</summary>
    Table,

    /// <summary>A block of "Label : value" lines for each.</summary>
    List,

    /// <summary>The text of one property for each.</summary>
    Line,
}
