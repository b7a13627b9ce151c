namespace Microsoft.PowerShell.Commands;

/// <summary>What was counted.</summary>
/// <param name="Count">How many objects.</param>
public sealed record MeasureInfo(int Count);
