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

    /// <summary>What of this the session does not have: the command, or, of one of the shell's own, a parameter. Null where it has all.</summary>
    internal string? WhyBeyond(Session session)
    {
        if (!session.Commands.TryFind(Name, out CmdletInfo? command))
            return $"command '{Name}'";

        if (command!.ImplementingType.Assembly != typeof(CommandNode).Assembly)
            return null;

        ArgumentNode? unknown = Arguments.FirstOrDefault(a => a.Name is not null && command.Metadata.Find(a.Name, null) is null);
        return unknown is null ? null : $"parameter '-{unknown.Name}' of {Name}";
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
