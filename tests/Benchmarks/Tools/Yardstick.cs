using System.Globalization;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>The C program with nothing between it and the kernel, built here and now. It measures itself: neither its start nor that of nsenter counts.</summary>
internal sealed class Yardstick
{
    private readonly string _program = string.Empty;

    internal Yardstick(WorkFolder folder)
    {
        Missing = Tool.Missing("gcc") ?? Tool.Missing("nsenter");
        if (Missing is not null) return;
        _program = Path.Combine(folder.Path, "nlbench");
        Tool.Run("gcc", "-O2", "-o", _program, Path.Combine(AppContext.BaseDirectory, "yardsticks", "nlbench.c"));
    }

    /// <summary>What is not here, or null.</summary>
    internal string? Missing { get; }

    /// <summary>Runs it in an arena.</summary>
    /// <returns>Milliseconds.</returns>
    internal double Run(Arena arena, params string[] arguments)
    {
        // Its line: label, seconds, count and more.
        string line = Tool.Run("nsenter", [$"--net=/proc/{Environment.ProcessId}/fd/{arena.Descriptor}", "--", _program, .. arguments]).Output;
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) * 1000;
    }
}
