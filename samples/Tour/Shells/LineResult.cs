namespace MacvtapTools.Tour.Shells;

/// <summary>What came of one statement.</summary>
/// <param name="WhatIf">What -WhatIf said.</param>
/// <param name="Warnings">Warnings.</param>
/// <param name="Errors">Errors.</param>
/// <param name="Text">The objects, as the shell shows them; empty when there are none.</param>
internal sealed record LineResult(IReadOnlyList<string> WhatIf, IReadOnlyList<string> Warnings, IReadOnlyList<LineError> Errors, string Text);
