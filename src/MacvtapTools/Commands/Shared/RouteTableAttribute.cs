using System.Management.Automation;
using MacvtapTools.Routing;

namespace MacvtapTools.Commands;

/// <summary>Takes the name of a routing table for its number. What is neither is left to the shell, which says that it is no number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RouteTableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && RouteTable.Parse(text) is { } number ? number : inputData;
}
