using System.Text.Json;
using MacvtapTools.Kernel.Tests;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Runs in the process that <see cref="ExampleRun"/> starts.</summary>
public sealed class ExampleProcess
{
    /// <summary>Runs each example that can run here, and writes what came of it as a line of JSON.</summary>
    [InnerFact]
    public void All()
    {
        string file = Environment.GetEnvironmentVariable(ExampleRun.ResultsVariable)!;
        File.WriteAllText("/proc/self/comm", "pwsh"); // the pages show who holds a tap device
        ExampleLab.Enter(Environment.GetEnvironmentVariable(ExampleRun.HostVariable)!);
        ExampleRunner runner = new();
        foreach (Example example in ExamplePages.All.Where(e => ExampleRun.WhyNot(e) is null))
            File.AppendAllText(file, JsonSerializer.Serialize(runner.Run(example)) + "\n");
    }
}
