namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>An argument as written: a name, a value, both, or a splatted variable.</summary>
/// <param name="Name">The parameter's name, without the dash.</param>
/// <param name="Value">The value.</param>
/// <param name="Splatted">Whether the value is a table of arguments.</param>
internal sealed record ArgumentNode(string? Name, Node? Value, bool Splatted = false);
