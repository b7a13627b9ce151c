namespace System.Management.Automation;

/// <summary>An argument, or the lack of one, that does not fit the command's parameters.</summary>
public class ParameterBindingException : RuntimeException
{
    private readonly ErrorCategory category = ErrorCategory.InvalidArgument;

    public ParameterBindingException()
    {
    }

    public ParameterBindingException(string message)
        : base(message)
    {
    }

    public ParameterBindingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ParameterBindingException(
        string errorId,
        ErrorCategory category,
        string message,
        InvocationInfo? invocation,
        string? parameterName = null,
        Type? parameterType = null,
        Type? typeSpecified = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        this.category = category;
        CommandInvocation = invocation;
        ParameterName = parameterName ?? string.Empty;
        ParameterType = parameterType;
        TypeSpecified = typeSpecified;
    }

    public InvocationInfo? CommandInvocation { get; }

    public string ErrorId { get; } = "ParameterBindingException";

    public long Line => 0;

    public override string Message => base.Message;

    public long Offset => 0;

    public string ParameterName { get; } = string.Empty;

    public Type? ParameterType { get; }

    public Type? TypeSpecified { get; }

    public override ErrorRecord ErrorRecord
    {
        get
        {
            ErrorRecord record = base.ErrorRecord;
            record.SetInvocationInfo(CommandInvocation);
            return record;
        }
    }

    private protected override string DefaultErrorId => ErrorId;

    private protected override ErrorCategory DefaultCategory => category;
}
