using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Fails in the way that is asked for.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Failure")]
public sealed class InvokeFailureCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Kind { get; set; } = string.Empty;

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        switch (Kind)
        {
            case "Error":
                WriteError(Record());
                WriteObject("after");
                break;
            case "Terminating":
                ThrowTerminatingError(Record());
                break;
            case "Throw":
                throw new InvalidOperationException("thrown");
            case "ThrowRecord":
                throw new PSInvalidOperationException("thrown with a record");
            case "Warning":
                WriteWarning("careful");
                WriteObject("after");
                break;
            case "CatchStop":
                try
                {
                    WriteError(Record());
                }
                catch (Exception caught)
                {
                    Trace.Add("caught " + caught.GetType().Name);
                    throw;
                }

                break;
            case "Thread":
                Exception? failure = null;
                Thread thread = new(() =>
                {
                    try
                    {
                        WriteObject("from afar");
                    }
                    catch (PSInvalidOperationException e)
                    {
                        failure = e;
                    }
                });
                thread.Start();
                thread.Join();
                WriteObject(failure?.GetType().Name ?? "allowed");
                break;
            default:
                WriteObject($"fine {InputObject}");
                break;
        }
    }

    private ErrorRecord Record() => new(new InvalidOperationException("it failed"), "SampleFailed", ErrorCategory.ResourceBusy, "target");
}
