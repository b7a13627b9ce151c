using System.Globalization;
using System.Text;

namespace MacvtapTools.Benchmarks.Reporting;

/// <summary>Rows as text.</summary>
internal static class Table
{
    private static readonly string[] Head = ["work", "yardstick", "its median", "ours", "ratio", "ratio of the best", "target", "met", "rounds and spread (yardstick/ours)"];

    /// <summary>For a terminal.</summary>
    internal static string Plain(IReadOnlyList<Row> rows)
    {
        string[][] cells = [Head, .. rows.Select(Cells)];
        int[] widths = [.. Head.Select((_, column) => cells.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in cells) text.AppendLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.ToString();
    }

    /// <summary>For a page.</summary>
    internal static string Markdown(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine($"| {string.Join(" | ", Head)} |").AppendLine($"|{string.Concat(Enumerable.Repeat("---|", Head.Length))}");
        foreach (Row row in rows) text.AppendLine($"| {string.Join(" | ", Cells(row).Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |");
        return text.ToString();
    }

    private static string[] Cells(Row row) =>
    [
        row.Work,
        row.Yardstick,
        Figure(row.YardstickMedian, row.Unit),
        Figure(row.OursMedian, row.Unit),
        row.Ratio?.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty,
        row.BestRatio?.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty,
        row.Target,
        row.Met switch { true => "yes", false => "NO", null => string.Empty },
        row.Missing is { } missing ? $"not measured: {missing}" : row.Conditions,
    ];

    private static string Figure(double? value, string unit) => value is { } v ? string.Create(CultureInfo.InvariantCulture, $"{v:0.00} {unit}") : string.Empty;
}
