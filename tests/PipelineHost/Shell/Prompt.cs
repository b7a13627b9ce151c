namespace MacvtapTools.PipelineHost;

/// <summary>A question that a cmdlet asked.</summary>
/// <param name="Caption">Its headline.</param>
/// <param name="Message">Its text.</param>
public sealed record Prompt(string Caption, string Message);
