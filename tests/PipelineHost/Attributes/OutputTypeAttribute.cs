using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>The types that a cmdlet gives.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutputTypeAttribute : CmdletMetadataAttribute
{
    public OutputTypeAttribute(params Type[] type) => Type = [.. type.Select(t => new PSTypeName(t))];

    public OutputTypeAttribute(params string[] type) => Type = [.. type.Select(t => new PSTypeName(t))];

    public string[] ParameterSetName { get; set; } = [ParameterAttribute.AllParameterSets];

    public string? ProviderCmdlet { get; set; }

    public PSTypeName[] Type { get; }
}
