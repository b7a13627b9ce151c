using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Passes objects on and notes every step.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "Sample")]
public sealed class TraceSampleCommand : PSCmdlet, IDisposable
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Tag { get; set; } = string.Empty;

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Swallow { get; set; }

    [Parameter]
    public int Count { get; set; } = 1;

    public void Dispose() => Trace.Add($"{Tag} dispose");

    protected override void BeginProcessing() => Trace.Add($"{Tag} begin");

    protected override void ProcessRecord()
    {
        for (int i = 0; i < Count; i++)
        {
            object value = MyInvocation.ExpectingInput ? InputObject! : i + 1;
            Trace.Add($"{Tag} process {value}");
            try
            {
                WriteObject(value);
            }
            catch (Exception caught)
            {
                Trace.Add($"{Tag} caught {caught.GetType().Name}");
                if (!Swallow)
                    throw;
            }
        }
    }

    protected override void EndProcessing() => Trace.Add($"{Tag} end");

    protected override void StopProcessing() => Trace.Add($"{Tag} stop");
}
