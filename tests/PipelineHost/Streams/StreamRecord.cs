namespace MacvtapTools.PipelineHost;

/// <summary>One record of any stream, in the order it came.</summary>
/// <param name="Kind">Which stream.</param>
/// <param name="Value">The record: the object, the ErrorRecord, the text.</param>
public sealed record StreamRecord(StreamKind Kind, object? Value);
