namespace System.Management.Automation;

/// <summary>A transformation attribute refused the argument.</summary>
internal sealed class ParameterBindingArgumentTransformationException : ParameterBindingException
{
    internal ParameterBindingArgumentTransformationException(
        string errorId, string message, InvocationInfo? invocation, string parameterName, Type parameterType, Type? typeSpecified, Exception? inner)
        : base(errorId, ErrorCategory.InvalidData, message, invocation, parameterName, parameterType, typeSpecified, inner)
    {
    }
}
