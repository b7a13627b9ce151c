using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Waits until it is stopped.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Sample")]
public sealed class WaitSampleCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim stop = new();

    public static ManualResetEventSlim Started { get; } = new();

    public void Dispose()
    {
        stop.Dispose();
        Trace.Add("wait dispose");
    }

    protected override void ProcessRecord()
    {
        Started.Set();
        stop.Wait();
        try
        {
            WriteObject("never");
        }
        catch (PipelineStoppedException)
        {
            Trace.Add($"wait stopped {Stopping}");
            throw;
        }
    }

    protected override void StopProcessing() => stop.Set();
}
