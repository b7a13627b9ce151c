using System.Globalization;

namespace System.Management.Automation;

/// <summary>Bounds of a comparable argument, both included.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateRangeAttribute(object minRange, object maxRange) : ValidateEnumeratedArgumentsAttribute
{
    public object MaxRange { get; } = maxRange;

    public object MinRange { get; } = minRange;

    protected override void ValidateElement(object? element)
    {
        if (element is null)
            throw new ValidationMetadataException("The argument is null. Provide a valid value for the argument, and then try running the command again.");

        Type type = MinRange.GetType();
        if (!LanguagePrimitives.TryConvertTo(element, type, CultureInfo.InvariantCulture, out object? value) || value is null)
        {
            throw new ValidationMetadataException(
                "The argument cannot be validated because its type " + element.GetType() + " is not the same type (" + type +
                ") as the maximum and minimum limits of the parameter.");
        }

        if (((IComparable)MinRange).CompareTo(value) > 0)
        {
            throw new ValidationMetadataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {element} argument is less than the minimum allowed range of {MinRange}. Supply an argument that is greater than or equal to {MinRange} and then try the command again."));
        }

        if (((IComparable)MaxRange).CompareTo(value) < 0)
        {
            throw new ValidationMetadataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {element} argument is greater than the maximum allowed range of {MaxRange}. Supply an argument that is less than or equal to {MaxRange} and then try the command again."));
        }
    }
}
