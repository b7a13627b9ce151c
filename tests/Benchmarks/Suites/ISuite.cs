using MacvtapTools.Benchmarks.Reporting;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Measurements that belong together.</summary>
internal interface ISuite
{
    /// <summary>What the filter looks at.</summary>
    string Name { get; }

    IEnumerable<Row> Run(Bench bench);
}
