namespace System.Management.Automation;

/// <summary>The words that an argument may be.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateSetAttribute(params string[] validValues) : ValidateEnumeratedArgumentsAttribute
{
    public bool IgnoreCase { get; set; } = true;

    public IList<string> ValidValues { get; } = validValues;

    protected override void ValidateElement(object? element)
    {
        StringComparison comparison = IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        string text = element?.ToString() ?? throw new ValidationMetadataException(
            "The argument is null. Provide a valid value for the argument, and then try running the command again.");
        if (ValidValues.Any(v => string.Equals(v, text, comparison)))
            return;

        throw new ValidationMetadataException(
            $"The argument \"{text}\" does not belong to the set \"{string.Join(",", ValidValues)}\" specified by the ValidateSet attribute. " +
            "Supply an argument that is in the set and then try the command again.");
    }
}
