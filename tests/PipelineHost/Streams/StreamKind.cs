namespace MacvtapTools.PipelineHost;

/// <summary>The streams a run writes to.</summary>
public enum StreamKind
{
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Progress,
    Information,
    WhatIf,
    Prompt,
}
