using System.Globalization;
using System.Management.Automation;
using MacvtapTools.PipelineHost.Parsing;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>A property's value as a cell shows it: lists in braces, four elements at most.</summary>
internal static class ValueText
{
    /// <summary>The text; its line ends are blanks where it is not to have lines.</summary>
    internal static string Of(PSObject item, FormatColumn column, bool lines = false)
    {
        object? value = MemberNode.Read(item, column.Property);
        if (value is null)
            return string.Empty;

        if (column.FormatString is { Length: > 0 } format)
            return string.Format(CultureInfo.InvariantCulture, format, PSObject.Base(value));

        if (LanguagePrimitives.GetEnumerable(value) is not { } list)
            return LanguagePrimitives.ToText(value).ReplaceLineEndings(lines ? "\n" : " ");

        string[] items = [.. list.Cast<object?>().Select(LanguagePrimitives.ToText)];
        return "{" + string.Join(", ", items.Take(4)) + (items.Length > 4 ? "…}" : "}");
    }

    /// <summary>Whether a column without an alignment of its own has this value at its right: numbers, enums and truth values.</summary>
    internal static bool StandsRight(PSObject item, FormatColumn column) =>
        PSObject.Base(item.Properties[column.Property]?.Value) is { } value && (value.GetType().IsPrimitive || value is decimal or Enum);
}
