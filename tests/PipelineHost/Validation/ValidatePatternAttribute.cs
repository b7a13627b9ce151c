using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>The regular expression that an argument must match.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidatePatternAttribute(string regexPattern) : ValidateEnumeratedArgumentsAttribute
{
    public RegexOptions Options { get; set; } = RegexOptions.IgnoreCase;

    public string RegexPattern { get; } = regexPattern;

    protected override void ValidateElement(object? element)
    {
        string text = element?.ToString() ?? string.Empty;
        if (!Regex.IsMatch(text, RegexPattern, Options))
        {
            throw new ValidationMetadataException(
                $"The argument \"{text}\" does not match the \"{RegexPattern}\" pattern. " +
                $"Supply an argument that matches \"{RegexPattern}\" and try the command again.");
        }
    }
}
