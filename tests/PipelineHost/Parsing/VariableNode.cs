namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A variable; one that is not set is null.</summary>
internal sealed class VariableNode(string name) : Node
{
    internal override object? Evaluate(Evaluator evaluator) => evaluator.GetVariable(name);
}
