using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What is there before a request is made: lines of cmdlets with "; " between, and programs of the host behind "$ ".</summary>
internal static class Preparation
{
    private const string Program = "$ ";

    /// <summary>Does it, and requires that nothing fails.</summary>
    internal static void Run(Shell shell, ScenarioLab lab, string lines)
    {
        foreach (string line in lab.Fill(lines).Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(Program, StringComparison.Ordinal)) Programs.Run(line[Program.Length..].Split(' ')[0], line.Split(' ')[2..]);
            else Assert.Empty(shell.Invoke(line).Errors);
        }
    }
}
