namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What came of an example.</summary>
/// <param name="Key">The example's key.</param>
/// <param name="Text">What a terminal would have shown.</param>
/// <param name="Errors">The errors.</param>
/// <param name="Problems">What went wrong with the running itself, or with what had to be there before.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ExampleResult(string Key, string Text, IReadOnlyList<string> Errors, IReadOnlyList<string> Problems, double Seconds);
