namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Values with commas between them.</summary>
internal sealed class ListNode(IReadOnlyList<Node> items) : Node
{
    internal override object? Evaluate(Evaluator evaluator) => items.Select(i => i.Evaluate(evaluator)).ToArray();
}
