namespace System.Management.Automation;

/// <summary>A wildcard pattern that cannot be read.</summary>
public class WildcardPatternException : RuntimeException
{
    public WildcardPatternException()
    {
    }

    public WildcardPatternException(string message)
        : base(message)
    {
    }

    public WildcardPatternException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private protected override string DefaultErrorId => "WildcardPattern_Invalid";

    private protected override ErrorCategory DefaultCategory => ErrorCategory.InvalidArgument;
}
