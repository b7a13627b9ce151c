using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Whole numbers from one to another, up or down.</summary>
internal sealed class RangeNode(Node first, Node last) : Node
{
    internal override object? Evaluate(Evaluator evaluator)
    {
        int from = LanguagePrimitives.ConvertTo<int>(first.Evaluate(evaluator));
        int to = LanguagePrimitives.ConvertTo<int>(last.Evaluate(evaluator));
        int step = from <= to ? 1 : -1;
        return Enumerable.Range(0, Math.Abs(to - from) + 1).Select(i => (object?)(from + (i * step))).ToArray();
    }
}
