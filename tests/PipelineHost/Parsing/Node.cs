namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A piece of a parsed line that has a value.</summary>
internal abstract class Node
{
    internal abstract object? Evaluate(Evaluator evaluator);
}
