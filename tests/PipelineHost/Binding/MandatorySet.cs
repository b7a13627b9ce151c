namespace MacvtapTools.PipelineHost.Binding;

/// <summary>The mandatory parameters of one set that are not bound yet, by whether the pipe can still bring them.</summary>
/// <param name="Flag">The set's bit; every bit for parameters of all sets.</param>
internal sealed record MandatorySet(uint Flag)
{
    internal bool ForAllSets => Flag == BindingState.AnySet;

    internal List<BindableParameter> FromPipeline { get; } = [];

    internal List<BindableParameter> ByValue { get; } = [];

    internal List<BindableParameter> ByPropertyName { get; } = [];

    internal List<BindableParameter> NotFromPipeline { get; } = [];
}
