using System.Management.Automation;

namespace MacvtapTools.PipelineHost;

/// <summary>A cmdlet asked a question and no answer was scripted. It leaves <see cref="Shell.Invoke"/> even if the cmdlet swallows it.</summary>
public sealed class UnexpectedPromptException : FlowControlException
{
    internal UnexpectedPromptException(Prompt prompt)
        : base($"A prompt appeared that the test did not answer (set ShellOptions.AnswerPrompt): {prompt.Caption}: {prompt.Message}") => Prompt = prompt;

    /// <summary>The question.</summary>
    public Prompt Prompt { get; }
}
