using System.Text.Json;

namespace MacvtapTools.Benchmarks.Reporting;

/// <summary>The figures for another program.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    internal static string Compose(IReadOnlyList<Row> rows, string conditions) => JsonSerializer.Serialize(
        new
        {
            Conditions = conditions,
            Rows = rows.Select(r => new { r.Work, r.Yardstick, r.YardstickMedian, r.OursMedian, r.Unit, r.Ratio, r.BestRatio, r.Target, r.Met, r.Conditions, r.Missing }),
        },
        Indented);
}
