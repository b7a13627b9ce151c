namespace MacvtapTools.Benchmarks.Measuring;

/// <summary>What one thing took, round by round, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    internal int Count => _values.Count;

    internal IReadOnlyList<double> Values => _values;

    internal double Median => At(0.5);

    internal double Best => _values.Min();

    /// <summary>Half of the rounds lie within this part of the median: the distance of the quartiles over the median.</summary>
    internal double Spread => (At(0.75) - At(0.25)) / Median;

    internal void Add(double milliseconds) => _values.Add(milliseconds);

    /// <summary>The median of a few in a row: where a measurement is short, one interruption is as long as all of it.</summary>
    internal static double Middle(int count, Func<double> measure)
    {
        var samples = new Samples();
        for (int i = 0; i < count; i++) samples.Add(measure());
        return samples.Median;
    }

    private double At(double part)
    {
        double[] sorted = [.. _values.Order()];
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
