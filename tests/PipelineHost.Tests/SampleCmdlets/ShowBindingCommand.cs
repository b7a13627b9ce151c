using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Says what was bound, record by record.</summary>
[Cmdlet(VerbsCommon.Show, "Binding", DefaultParameterSetName = ByName)]
public sealed class ShowBindingCommand : IdentityCommand
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SampleMode Mode { get; set; }

    protected override void ProcessRecord() => WriteObject(
        $"{ParameterSetName} Name=[{Join(Name)}] InterfaceIndex=[{Join(InterfaceIndex)}] InputObject=[{Join(InputObject)}] NetworkNamespace={NetworkNamespace} Mode={Mode}");

    private static string Join<T>(T[]? items) => items is null ? "-" : string.Join(",", items);
}
