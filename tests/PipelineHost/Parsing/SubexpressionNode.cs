using SmaNull = System.Management.Automation.Internal.AutomationNull;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary><c>$(...)</c>, or <c>@(...)</c>, which always gives an array.</summary>
internal sealed class SubexpressionNode(IReadOnlyList<Statement> statements, bool asArray) : Node
{
    internal override object? Evaluate(Evaluator evaluator)
    {
        List<object?> items = [];
        foreach (Statement statement in statements)
            statement.Run(evaluator, items.Add);

        if (asArray)
            return items.ToArray();

        return items.Count switch { 0 => SmaNull.Value, 1 => items[0], _ => items.ToArray() };
    }
}
