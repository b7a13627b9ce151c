namespace MacvtapTools.Benchmarks.Measuring;

/// <summary>One of those that do the same work.</summary>
internal sealed class Contender
{
    private readonly Func<double>? _measure;

    /// <param name="name">What it is.</param>
    /// <param name="measure">Does the work once, in surroundings of its own, and gives the milliseconds.</param>
    internal Contender(string name, Func<double> measure)
    {
        Name = name;
        _measure = measure;
    }

    /// <param name="name">What it is.</param>
    /// <param name="missing">Why it cannot run here.</param>
    private Contender(string name, string missing)
    {
        Name = name;
        Missing = missing;
    }

    internal string Name { get; }

    /// <summary>Why it cannot run here, or null.</summary>
    internal string? Missing { get; }

    internal Samples Samples { get; } = new();

    /// <summary>A contender that needs something that may not be here.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="missing">What is not here, or null.</param>
    /// <param name="measure">Does the work once.</param>
    internal static Contender If(string name, string? missing, Func<double> measure) => missing is null ? new Contender(name, measure) : new Contender(name, missing);

    internal void Run()
    {
        if (_measure is not null) Samples.Add(_measure());
    }
}
