using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Text with values in it.</summary>
internal sealed class TextNode(IReadOnlyList<Node> parts) : Node
{
    internal override object? Evaluate(Evaluator evaluator) =>
        string.Concat(parts.Select(p => LanguagePrimitives.ToText(p.Evaluate(evaluator))));
}
