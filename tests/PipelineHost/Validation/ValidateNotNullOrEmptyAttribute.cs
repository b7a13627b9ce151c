namespace System.Management.Automation;

/// <summary>Refuses null, an empty string, an empty collection, and a collection with a null or an empty string in it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNotNullOrEmptyAttribute : NullValidationAttributeBase
{
    private const string Advice =
        "Provide an argument that is not null or empty, and then try the command again.";

    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null || ReferenceEquals(arguments, Internal.AutomationNull.Value) || arguments is "")
            throw new ValidationMetadataException("The argument is null or empty. " + Advice);

        if (LanguagePrimitives.GetEnumerable(arguments) is not { } list)
            return;

        bool empty = true;
        foreach (object? element in list)
        {
            empty = false;
            if (element is null or "")
            {
                throw new ValidationMetadataException(
                    "The argument is null, empty, or an element of the argument collection contains a null value. " +
                    "Supply a collection that does not contain any null values and then try the command again.");
            }
        }

        if (empty)
        {
            throw new ValidationMetadataException(
                "The argument is null, empty, or an element of the argument collection contains a null value. " +
                "Supply a collection that does not contain any null values and then try the command again.");
        }
    }
}
