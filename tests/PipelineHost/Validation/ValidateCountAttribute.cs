namespace System.Management.Automation;

/// <summary>How many elements an argument may have.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateCountAttribute(int minLength, int maxLength) : ValidateArgumentsAttribute
{
    public int MaxLength { get; } = maxLength;

    public int MinLength { get; } = minLength;

    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        int count = arguments switch
        {
            null => 0,
            _ when LanguagePrimitives.GetEnumerable(arguments) is { } list => list.Cast<object?>().Count(),
            _ => throw new ValidationMetadataException("The ValidateCount attribute cannot be applied to a parameter that is not an array."),
        };
        if (count < MinLength)
        {
            throw new ValidationMetadataException(
                $"The parameter requires at least {MinLength} value(s) and no more than {MaxLength} value(s) - {count} value(s) were provided.");
        }

        if (count > MaxLength)
        {
            throw new ValidationMetadataException(
                $"The parameter requires at least {MinLength} value(s) and no more than {MaxLength} value(s) - {count} value(s) were provided.");
        }
    }
}
