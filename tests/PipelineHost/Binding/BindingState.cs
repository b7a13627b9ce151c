using System.Management.Automation;
using System.Numerics;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>What is bound, what is not yet, and which parameter sets are still possible.</summary>
internal sealed class BindingState(CmdletInfo command, Cmdlet cmdlet, InvocationInfo invocation, EngineIntrinsics engine)
{
    /// <summary>Every set is possible.</summary>
    internal const uint AnySet = uint.MaxValue;

    internal CommandMetadata Metadata { get; } = command.Metadata;

    internal Cmdlet Cmdlet { get; } = cmdlet;

    internal InvocationInfo Invocation { get; } = invocation;

    internal EngineIntrinsics Engine { get; } = engine;

    internal CommonParameters Common { get; } = new();

    internal ShouldProcessParameters ShouldProcess { get; } = new();

    internal List<BindableParameter> Unbound { get; } = [.. command.Metadata.Parameters];

    internal Dictionary<string, BindableParameter> Bound { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal List<BindableParameter> BoundFromPipeline { get; } = [];

    internal uint Sets { get; set; } = AnySet;

    /// <summary>The sets that were possible before any object came down the pipe.</summary>
    internal uint SetsBeforePipeline { get; set; } = AnySet;

    /// <summary>The set that pipeline objects try first, 0 for none.</summary>
    internal uint PreferredPipelineSet { get; set; }

    internal bool PipelineInputExpected { get; set; }

    internal object TargetOf(BindableParameter parameter) => parameter.Owner switch
    {
        ParameterOwner.Common => Common,
        ParameterOwner.ShouldProcess => ShouldProcess,
        _ => Cmdlet,
    };

    internal bool IsBound(string name) => Bound.ContainsKey(name);

    internal static int Count(uint sets) => sets == AnySet ? 1 : BitOperations.PopCount(sets);

    internal void PublishSetName(string name) => (Cmdlet as PSCmdlet)?.SetParameterSetName(name);

    internal void PublishSetName() => PublishSetName(Metadata.SetNameOf(Sets));

    internal ParameterBindingException Failure(
        string id,
        string message,
        string? parameter = null,
        Type? type = null,
        Type? given = null,
        Exception? inner = null,
        ErrorCategory category = ErrorCategory.InvalidArgument) =>
        new(id, category, message, Invocation, parameter, type, given, inner);

    internal ParameterBindingException AmbiguousSet() => Failure(
        "AmbiguousParameterSet",
        "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.");
}
