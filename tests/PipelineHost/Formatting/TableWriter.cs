using System.Management.Automation;
using System.Text;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Writes a table: headlines, rules, rows; one table for each group, under the group's own line.</summary>
internal static class TableWriter
{
    internal static void Write(StringBuilder text, IReadOnlyList<PSObject> items, FormatView view, int width)
    {
        if (view.GroupBy is null)
        {
            WriteRows(text, items, view, width);
            return;
        }

        FormatColumn key = new(view.GroupBy, view.GroupBy, 0, null);
        List<PSObject> group = [];
        string? current = null;
        foreach (PSObject item in items)
        {
            string value = ValueText.Of(item, key);
            if (current is not null && value != current)
            {
                WriteGroup(text, group, view, width, current);
                text.Append('\n');
            }

            current = value;
            group.Add(item);
        }

        WriteGroup(text, group, view, width, current!);
    }

    private static void WriteGroup(StringBuilder text, List<PSObject> group, FormatView view, int width, string value)
    {
        if (view.GroupLabel is null || value.Length > 0) text.Append("   ").Append(view.GroupLabel ?? view.GroupBy).Append(": ").Append(value).Append("\n\n");
        WriteRows(text, group, view, width);
        group.Clear();
    }

    private static void WriteRows(StringBuilder text, IReadOnlyList<PSObject> items, FormatView view, int width)
    {
        string[][] cells = [.. items.Select(i => view.Columns.Select(c => ValueText.Of(i, c, view.Wraps)).ToArray())];
        bool[] right = [.. view.Columns.Select(c => IsRight(c, items[0]))];
        int[] widths = Fit([.. view.Columns.Select((c, i) => c.Width > 0 ? c.Width : Math.Max(c.Label.Length, cells.Max(r => Longest(r[i]))))], width);
        AppendLine(text, [.. view.Columns.Select(c => c.Label)], widths, right);
        AppendLine(text, [.. view.Columns.Select(c => new string('-', c.Label.Length))], widths, right);
        foreach (string[] row in cells)
        {
            if (view.Wraps)
                AppendBroken(text, row, widths, right);
            else
                AppendLine(text, row, widths, right);
        }
    }

    private static int Longest(string cell) => cell.Split('\n').Max(l => l.Length);

    private static bool IsRight(FormatColumn column, PSObject sample) => column.Alignment is null
        ? ValueText.StandsRight(sample, column)
        : column.Alignment.Equals("Right", StringComparison.OrdinalIgnoreCase);

    /// <summary>Columns that do not fit are cut from the right.</summary>
    private static int[] Fit(int[] widths, int total)
    {
        int used = 0;
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Min(widths[i], Math.Max(0, total - used));
            used += widths[i] + 1;
        }

        return widths;
    }

    /// <summary>A row whose cells take as many lines as they need.</summary>
    private static void AppendBroken(StringBuilder text, string[] cells, int[] widths, bool[] right)
    {
        IReadOnlyList<string>[] broken = [.. cells.Select((c, i) => CellText.Lines(c, Math.Max(1, widths[i])))];
        for (int line = 0; line < broken.Max(b => b.Count); line++)
            AppendLine(text, [.. broken.Select(b => line < b.Count ? b[line] : string.Empty)], widths, right);
    }

    private static void AppendLine(StringBuilder text, string[] cells, int[] widths, bool[] right)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Length && widths[i] > 0; i++)
        {
            string cell = cells[i].Length > widths[i] ? cells[i][..Math.Max(0, widths[i] - 1)] + "…" : cells[i];
            line.Append(i > 0 ? " " : "").Append(right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
