namespace System.Management.Automation;

/// <summary>Refuses null, and a collection with a null in it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNotNullAttribute : NullValidationAttributeBase
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        RefuseNull(arguments);
        if (LanguagePrimitives.GetEnumerable(arguments) is not { } list)
            return;

        foreach (object? element in list)
        {
            if (element is null)
            {
                throw new ValidationMetadataException(
                    "The argument collection contains a null value. Provide a collection that does not contain any null values and then try running the command again.");
            }
        }
    }
}
