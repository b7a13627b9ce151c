namespace System.Management.Automation;

/// <summary>Thrown into a cmdlet whose pipeline is being stopped or has failed. Cmdlets let it pass.</summary>
public class PipelineStoppedException : RuntimeException
{
    public PipelineStoppedException()
        : base("The pipeline has been stopped.")
    {
    }

    public PipelineStoppedException(string message)
        : base(message)
    {
    }

    public PipelineStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private protected override string DefaultErrorId => "PipelineStopped";

    private protected override ErrorCategory DefaultCategory => ErrorCategory.OperationStopped;
}
