using System.Management.Automation;
using System.Text;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Writes a list: a block of "Label : value" lines for each object, with a blank line between them.</summary>
internal static class ListWriter
{
    internal static void Write(StringBuilder text, IReadOnlyList<(PSObject Item, FormatView View)> items, int width)
    {
        for (int i = 0; i < items.Count; i++)
        {
            (PSObject item, FormatView view) = items[i];
            if (i > 0)
                text.Append('\n');

            int label = view.Columns.Count == 0 ? 0 : view.Columns.Max(c => c.Label.Length);
            foreach (FormatColumn column in view.Columns)
            {
                string head = column.Label.PadRight(label) + " : ";
                text.Append(Wrapped(head, ValueText.Of(item, column, lines: true), width)).Append('\n');
            }
        }
    }

    private static string Wrapped(string head, string value, int width) =>
        head + string.Join("\n" + new string(' ', head.Length), CellText.Lines(value, Math.Max(1, width - head.Length)));
}
