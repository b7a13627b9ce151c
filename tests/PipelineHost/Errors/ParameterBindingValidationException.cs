namespace System.Management.Automation;

/// <summary>A validation attribute refused the argument.</summary>
internal sealed class ParameterBindingValidationException : ParameterBindingException
{
    internal ParameterBindingValidationException(
        string errorId, string message, InvocationInfo? invocation, string parameterName, Type parameterType, Type? typeSpecified, Exception? inner = null)
        : base(errorId, ErrorCategory.InvalidData, message, invocation, parameterName, parameterType, typeSpecified, inner)
    {
    }
}
