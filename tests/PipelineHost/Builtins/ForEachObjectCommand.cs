using System.Management.Automation;
using MacvtapTools.PipelineHost.Parsing;

namespace Microsoft.PowerShell.Commands;

/// <summary>Gives a property of each object.</summary>
[Cmdlet("ForEach", "Object")]
[Alias("%", "foreach")]
public sealed class ForEachObjectCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string MemberName { get; set; } = string.Empty;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord() => WriteObject(MemberNode.Read(InputObject, MemberName), enumerateCollection: true);
}
