using System.Management.Automation;
using System.Text;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Writes a list: a block of "Label : value" lines for each object.</summary>
internal static class ListWriter
{
    internal static void Write(StringBuilder text, IReadOnlyList<PSObject> items, FormatView view, int width)
    {
        int label = view.Columns.Count == 0 ? 0 : view.Columns.Max(c => c.Label.Length);
        text.Append('\n');
        foreach (PSObject item in items)
        {
            foreach (FormatColumn column in view.Columns)
            {
                string head = column.Label.PadRight(label) + " : ";
                text.Append(Wrapped(head, ValueText.Of(item, column), width)).Append('\n');
            }

            text.Append('\n');
        }
    }

    private static string Wrapped(string head, string value, int width)
    {
        int room = Math.Max(10, width - head.Length);
        IEnumerable<string> pieces = value.Length <= room ? [value] : value.Chunk(room).Select(c => new string(c));
        return head + string.Join("\n" + new string(' ', head.Length), pieces);
    }
}
