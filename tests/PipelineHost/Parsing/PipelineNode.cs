using System.Management.Automation;
using MacvtapTools.PipelineHost.Pipeline;
using SmaNull = System.Management.Automation.Internal.AutomationNull;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>An expression, commands, or an expression piped into commands.</summary>
internal sealed class PipelineNode(Node? expression, IReadOnlyList<CommandNode> commands) : Node
{
    /// <summary>The lone expression, when no command follows it.</summary>
    internal Node? Expression => commands.Count == 0 ? expression : null;

    internal IReadOnlyList<CommandNode> Commands => commands;

    internal override object? Evaluate(Evaluator evaluator)
    {
        if (Expression is not null)
            return Expression.Evaluate(evaluator);

        List<object?> items = [];
        Run(evaluator, items.Add);
        return items.Count switch { 0 => SmaNull.Value, 1 => items[0], _ => items.ToArray() };
    }

    internal void Run(Evaluator evaluator, Action<object?> output)
    {
        object? input = expression?.Evaluate(evaluator);
        if (commands.Count > 0)
        {
            CommandCall[] calls = [.. commands.Select(c => c.Resolve(evaluator))];
            evaluator.Run(calls, expression is not null, input, output);
        }
        else if (LanguagePrimitives.GetEnumerable(input) is { } list)
        {
            foreach (object? item in list)
                output(item);
        }
        else if (!ReferenceEquals(input, SmaNull.Value))
        {
            output(input);
        }
    }
}
