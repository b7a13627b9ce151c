using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>
/// Keeps the shell from making a name of an object's text. An object with an InterfaceIndex and a NetworkNamespace, and no name, would otherwise be bound to the
/// parameter for names as '@{InterfaceIndex=7; ...}', because the shell tries a whole record as text before it tries to convert a property. The shell passes over an
/// argument that cannot be cast and goes on with the next way to bind.
/// </summary>
internal sealed class NoObjectAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is PSObject { BaseObject: PSCustomObject } value)
        {
            throw new ArgumentTransformationMetadataException(
                $"'{value}' is an object, not a name.",
                new PSInvalidCastException($"'{value}' is an object, not a name."));
        }

        return inputData;
    }
}
