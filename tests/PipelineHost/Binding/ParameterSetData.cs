using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>How a parameter behaves in one parameter set.</summary>
/// <param name="Flag">The set's bit; 0 for all sets.</param>
/// <param name="Attribute">What was declared.</param>
internal sealed record ParameterSetData(uint Flag, ParameterAttribute Attribute)
{
    internal bool InAllSets => Flag == 0;

    internal bool TakesPipelineInput => Attribute.ValueFromPipeline || Attribute.ValueFromPipelineByPropertyName;

    internal bool IsIn(uint flags) => InAllSets || (Flag & flags) != 0;
}
