using System.Globalization;
using MacvtapTools.Benchmarks.Measuring;

namespace MacvtapTools.Benchmarks.Reporting;

/// <summary>One line of the table.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Yardstick">What it is compared with.</param>
internal sealed record Row(string Work, string Yardstick)
{
    internal double? YardstickMedian { get; init; }

    internal double? OursMedian { get; init; }

    internal string Unit { get; init; } = "ms";

    /// <summary>Ours over the yardstick.</summary>
    internal double? Ratio => OursMedian / YardstickMedian;

    /// <summary>The same of the best rounds: what remains where other programs disturbed most of them.</summary>
    internal double? BestRatio { get; init; }

    internal string Target { get; init; } = string.Empty;

    /// <summary>Null where there is no target, or nothing could be measured.</summary>
    internal bool? Met { get; init; }

    internal string Conditions { get; init; } = string.Empty;

    /// <summary>What is missing here, or null.</summary>
    internal string? Missing { get; init; }

    /// <summary>Ours may take this many times what the yardstick takes.</summary>
    internal static Row AtMost(string work, Contender yardstick, Contender ours, double limit) =>
        Compare(work, yardstick, ours, string.Create(CultureInfo.InvariantCulture, $"at most {limit:0.00}"), ratio => ratio <= limit);

    /// <summary>The yardstick shall take more than this many times what ours takes.</summary>
    internal static Row TimesFaster(string work, Contender yardstick, Contender ours, double factor) =>
        Compare(work, yardstick, ours, factor > 1 ? string.Create(CultureInfo.InvariantCulture, $"{factor:0} times faster") : "faster", ratio => ratio * factor < 1);

    /// <summary>A comparison without a target.</summary>
    internal static Row Information(string work, Contender yardstick, Contender ours) => Compare(work, yardstick, ours, "(information)", null);

    /// <summary>Ours may take this many milliseconds more than the yardstick.</summary>
    internal static Row Beyond(string work, Contender yardstick, Contender ours, double milliseconds)
    {
        Row row = Compare(work, yardstick, ours, string.Create(CultureInfo.InvariantCulture, $"at most {milliseconds:0} ms more"), null);
        if (row.Missing is not null) return row;
        double more = ours.Samples.Median - yardstick.Samples.Median;
        return row with { Met = more <= milliseconds, Conditions = string.Create(CultureInfo.InvariantCulture, $"{more:0.0} ms more; {row.Conditions}") };
    }

    /// <summary>Ours may take this many milliseconds, whatever the yardstick takes.</summary>
    internal static Row Within(string work, Contender yardstick, Contender ours, double milliseconds)
    {
        Row row = Compare(work, yardstick, ours, string.Create(CultureInfo.InvariantCulture, $"at most {milliseconds:0} ms"), null);
        return row.Missing is null ? row with { Met = ours.Samples.Median <= milliseconds } : row;
    }

    /// <summary>What the first time in a new shell takes: no target, but what a user meets.</summary>
    internal static Row Cold(Samples samples) => new("the same, the first time in a new shell", "-")
    {
        OursMedian = samples.Median,
        Target = "(information)",
        Conditions = string.Create(CultureInfo.InvariantCulture, $"{samples.Count} new shells, import not counted, best {samples.Best:0.0}"),
    };

    private static Row Compare(string work, Contender yardstick, Contender ours, string target, Func<double, bool>? isMet)
    {
        var row = new Row(work, yardstick.Name) { Target = target, Missing = ours.Missing ?? yardstick.Missing };
        if (row.Missing is not null) return row;
        row = row with
        {
            YardstickMedian = yardstick.Samples.Median,
            OursMedian = ours.Samples.Median,
            BestRatio = ours.Samples.Best / yardstick.Samples.Best,
            Conditions = string.Create(
                CultureInfo.InvariantCulture,
                $"rounds {yardstick.Samples.Count}/{ours.Samples.Count}, spread {yardstick.Samples.Spread:P0}/{ours.Samples.Spread:P0}, best {yardstick.Samples.Best:0.0}/{ours.Samples.Best:0.0}"),
        };
        return isMet is null ? row : row with { Met = isMet(row.Ratio!.Value) };
    }
}
