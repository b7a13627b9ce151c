using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>
/// Keeps the shell from writing a script block's text to a link. The shell runs a script block for each piped object only where the parameter takes values from the pipe, and
/// makes text of it elsewhere.
/// </summary>
internal sealed class NoScriptBlockAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <remarks>By name, so that the type is not asked for: a small shell may have none.</remarks>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value?.GetType().FullName == "System.Management.Automation.ScriptBlock"
            ? throw new ArgumentTransformationMetadataException($"This parameter takes no script block: {{{value}}}. Use ForEach-Object {{ … }} around the command.")
            : inputData;
    }
}
