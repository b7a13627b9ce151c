namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A literal.</summary>
internal sealed class ConstantNode(object? value) : Node
{
    internal object? Value => value;

    internal override object? Evaluate(Evaluator evaluator) => value;
}
