namespace MacvtapTools.Benchmarks.Reporting;

/// <summary>Under what conditions the figures came about.</summary>
internal static class Conditions
{
    /// <summary>One line; it names no host and no path.</summary>
    internal static string Describe(int rounds)
    {
        string kernel = Read("/proc/sys/kernel/osrelease");
        string[] load = Read("/proc/loadavg").Split(' ');
        return $"Linux {kernel}, {Environment.ProcessorCount} CPUs, .NET {Environment.Version}, load average {load[0]} (1 min) to {load.ElementAtOrDefault(2)} (15 min) at the end, {rounds} rounds, {DateTime.UtcNow:yyyy-MM-dd}";
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "?";
}
