namespace MacvtapTools.PipelineHost;

/// <summary>What can be answered to a <see cref="Prompt"/>.</summary>
public enum PromptAnswer
{
    Yes,
    YesToAll,
    No,
    NoToAll,
}
