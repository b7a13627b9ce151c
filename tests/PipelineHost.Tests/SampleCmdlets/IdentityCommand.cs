using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>The identity trio of the module's design.</summary>
public abstract class IdentityCommand : PSCmdlet
{
    protected const string ByName = "ByName";
    protected const string ByIndex = "ByIndex";
    protected const string ByInput = "InputObject";

    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SampleNameCompleter))]
    public string[] Name { get; set; } = null!;

    [Parameter(ParameterSetName = ByIndex, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = null!;

    [Parameter(ParameterSetName = ByInput, Mandatory = true, ValueFromPipeline = true)]
    public Sample[] InputObject { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Namespace", "NetNS")]
    public string? NetworkNamespace { get; set; }
}
