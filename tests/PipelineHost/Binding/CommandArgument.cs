namespace MacvtapTools.PipelineHost.Binding;

/// <summary>One argument of a command line: a parameter name, a value, or both.</summary>
internal sealed class CommandArgument
{
    internal string? Name { get; init; }

    internal bool HasValue { get; init; }

    internal object? Value { get; init; }

    internal bool FromSplatting { get; init; }

    internal string Text => "-" + Name;

    internal static CommandArgument Positional(object? value) => new() { HasValue = true, Value = value };

    internal static CommandArgument Named(string name, object? value, bool splatted = false) =>
        new() { Name = name, HasValue = true, Value = value, FromSplatting = splatted };

    internal static CommandArgument NameOnly(string name) => new() { Name = name };
}
