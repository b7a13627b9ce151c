using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Marks a property or field as a parameter, once for each parameter set it is in.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class ParameterAttribute : ParsingBaseAttribute
{
    public const string AllParameterSets = "__AllParameterSets";

    private string parameterSetName = AllParameterSets;

    public bool DontShow { get; set; }

    public string? HelpMessage { get; set; }

    public string? HelpMessageBaseName { get; set; }

    public string? HelpMessageResourceId { get; set; }

    public bool Mandatory { get; set; }

    public string ParameterSetName
    {
        get => parameterSetName;
        set => parameterSetName = string.IsNullOrEmpty(value) ? AllParameterSets : value;
    }

    public int Position { get; set; } = int.MinValue;

    public bool ValueFromPipeline { get; set; }

    public bool ValueFromPipelineByPropertyName { get; set; }

    public bool ValueFromRemainingArguments { get; set; }
}
