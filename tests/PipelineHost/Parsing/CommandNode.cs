using System.Collections;
using System.Management.Automation;
using MacvtapTools.PipelineHost.Binding;
using MacvtapTools.PipelineHost.Pipeline;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A command as written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Text">The text of the call.</param>
internal sealed record CommandNode(string Name, IReadOnlyList<ArgumentNode> Arguments, string Text)
{
    internal CommandCall Resolve(Evaluator evaluator)
    {
        CmdletInfo command = evaluator.Session.Commands.Find(Name);
        return new CommandCall(command, Name, [.. Arguments.SelectMany(a => Resolve(evaluator, a))], Text);
    }

    private static IEnumerable<CommandArgument> Resolve(Evaluator evaluator, ArgumentNode argument)
    {
        if (argument.Splatted)
            return Splat(argument.Value!.Evaluate(evaluator));

        if (argument.Value is null)
            return [CommandArgument.NameOnly(argument.Name!)];

        object? value = argument.Value.Evaluate(evaluator);
        if (ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value))
            value = null;

        return [argument.Name is null ? CommandArgument.Positional(value) : CommandArgument.Named(argument.Name, value)];
    }

    private static IEnumerable<CommandArgument> Splat(object? value) => PSObject.Base(value) switch
    {
        null => [],
        IDictionary table => table.Keys.Cast<object>().Select(k => CommandArgument.Named(k.ToString()!, table[k], splatted: true)),
        IEnumerable list and not string => list.Cast<object?>().Select(CommandArgument.Positional),
        var scalar => [CommandArgument.Positional(scalar)],
    };
}
