namespace MacvtapTools.PipelineHost.Binding;

/// <summary>The object whose property a parameter sets.</summary>
internal enum ParameterOwner
{
    Cmdlet,
    Common,
    ShouldProcess,
}
