namespace System.Management.Automation;

/// <summary>Base of the two attributes that refuse null.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class NullValidationAttributeBase : ValidateArgumentsAttribute
{
    protected NullValidationAttributeBase()
    {
    }

    private protected static void RefuseNull(object? value)
    {
        if (value is null || ReferenceEquals(value, Internal.AutomationNull.Value))
            throw new ValidationMetadataException("The argument is null. Provide a valid value for the argument, and then try running the command again.");
    }
}
