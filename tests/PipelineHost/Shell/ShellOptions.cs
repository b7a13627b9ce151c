namespace MacvtapTools.PipelineHost;

/// <summary>How a <see cref="Shell"/> behaves.</summary>
public sealed class ShellOptions
{
    /// <summary>Answers prompts. Null (the default): a prompt fails the invocation with <see cref="UnexpectedPromptException"/>.</summary>
    public Func<Prompt, PromptAnswer>? AnswerPrompt { get; set; }

    /// <summary>Answers every prompt alike.</summary>
    public static ShellOptions Answering(PromptAnswer answer) => new() { AnswerPrompt = _ => answer };
}
