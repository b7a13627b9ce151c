namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>How a view shows objects.</summary>
internal enum FormatShape
{
    /// <summary>A row for each, under common headers.</summary>
    Table,

    /// <summary>A block for each, with a line for each property.</summary>
    List,

    /// <summary>One property of each, as it is.</summary>
    Text,
}
