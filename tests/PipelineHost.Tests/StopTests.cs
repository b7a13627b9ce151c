using MacvtapTools.PipelineHost;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>Ctrl+C.</summary>
[Collection("trace")]
public sealed class StopTests
{
    [Fact]
    public async Task Stop_reaches_StopProcessing_and_writing_throws()
    {
        Shell shell = Samples.NewShell();
        shell.Invoke("Get-Trace");
        ManualResetEventSlim started = (ManualResetEventSlim)Samples.Type("WaitSampleCommand").GetProperty("Started")!.GetValue(null)!;
        started.Reset();

        Task<ShellResult> running = shell.InvokeAsync("Wait-Sample | Trace-Sample t; 'next'");
        Assert.True(started.Wait(10_000));
        shell.Stop();
        ShellResult result = await running;

        Assert.True(result.WasStopped);
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Equal(
            ["t begin", "t stop", "wait stopped True", "wait dispose", "t dispose"], shell.Invoke("Get-Trace").Objects<string>());
    }

    [Fact]
    public void The_shell_goes_on_after_a_stop()
    {
        Shell shell = Samples.NewShell();
        shell.Stop();
        Assert.Equal(["mvt0"], shell.Invoke("Get-Sample mvt0 | % Name").Objects<string>());
    }
}
