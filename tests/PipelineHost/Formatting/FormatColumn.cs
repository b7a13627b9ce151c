namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>A column of a table, or a line of a list.</summary>
/// <param name="Label">Its headline.</param>
/// <param name="Property">The property it shows.</param>
/// <param name="Width">Its width in characters; 0 to fit.</param>
/// <param name="Alignment">Left, Right or Center; null to decide by the value.</param>
/// <param name="FormatString">How to write the value; null for plainly.</param>
internal sealed record FormatColumn(string Label, string Property, int Width, string? Alignment, string? FormatString = null)
{
    /// <summary>The alignment of columns of a view that says none.</summary>
    internal const string Left = "Left";
}
