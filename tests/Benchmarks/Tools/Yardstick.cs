using System.Globalization;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>The C program with nothing between it and the kernel, built here and now. It measures itself: neither its start nor that of nsenter counts.</summary>
internal sealed class Yardstick
{
    private readonly string _program = string.Empty;

    /// <param name="folder">Where to build it.</param>
    /// <param name="source">Which one.</param>
    internal Yardstick(WorkFolder folder, string source = "nlbench")
    {
        Missing = Tool.Missing("gcc") ?? Tool.Missing("nsenter");
        if (Missing is not null) return;
        _program = Path.Combine(folder.Path, source);
        Tool.Run("gcc", "-O2", "-o", _program, "-pthread", Path.Combine(AppContext.BaseDirectory, "yardsticks", $"{source}.c"));
    }

    /// <summary>What is not here, or null.</summary>
    internal string? Missing { get; }

    /// <summary>Runs it in an arena.</summary>
    /// <returns>Milliseconds.</returns>
    internal double Run(Arena arena, params string[] arguments) => Number(Tell(arena, arguments)[1]) * 1000;

    /// <summary>Runs it in an arena.</summary>
    /// <returns>The words of its line: label, seconds, count and more.</returns>
    internal string[] Tell(Arena arena, params string[] arguments) =>
        Tool.Run("nsenter", [$"--net=/proc/{Environment.ProcessId}/fd/{arena.Descriptor}", "--", _program, .. arguments]).Output.Split(' ', StringSplitOptions.TrimEntries);

    /// <summary>A number of its line.</summary>
    internal static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
