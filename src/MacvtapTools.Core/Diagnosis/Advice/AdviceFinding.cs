namespace MacvtapTools;

/// <summary>What a rule found at a link.</summary>
internal sealed record AdviceFinding(LinkAdviceSeverity Severity, string Observation, string Advice, params string[] Evidence);
