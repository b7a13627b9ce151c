using System.Collections;

namespace System.Management.Automation;

/// <summary>Base of the attributes that check every element of an argument.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ValidateEnumeratedArgumentsAttribute : ValidateArgumentsAttribute
{
    protected ValidateEnumeratedArgumentsAttribute()
    {
    }

    protected abstract void ValidateElement(object? element);

    protected sealed override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null)
            throw new ValidationMetadataException("The argument is null. Provide a valid value for the argument, and then try running the command again.");

        if (LanguagePrimitives.GetEnumerable(arguments) is not { } list)
        {
            ValidateElement(arguments);
            return;
        }

        foreach (object? element in (IEnumerable)list)
            ValidateElement(element is PSObject wrapped ? wrapped.BaseObject : element);
    }
}
