using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>ShouldProcess and ShouldContinue for one cmdlet: WhatIf, what confirms itself, and the questions that remain.</summary>
internal sealed class Confirmation(Session session, Preferences preferences, Action<string> writeVerbose, Action requirePermission)
{
    private PromptAnswer? lasting;

    internal bool Process(string description, string? warning, string? caption, out ShouldProcessReason reason)
    {
        reason = ShouldProcessReason.None;
        if (lasting is { } answer)
            return answer == PromptAnswer.YesToAll;

        if (preferences.WhatIf)
        {
            requirePermission();
            reason = ShouldProcessReason.WhatIf;
            session.Streams.Add(StreamKind.WhatIf, $"What if: {description}");
            return false;
        }

        if (preferences.ConfirmsItself)
        {
            if (preferences.IsVerbose)
                writeVerbose(description);

            return true;
        }

        requirePermission();
        string query = string.IsNullOrEmpty(warning) ? $"Are you sure you want to perform this action?{Environment.NewLine}{description}" : warning;
        PromptAnswer given = Ask(query, caption);
        lasting = given is PromptAnswer.YesToAll or PromptAnswer.NoToAll ? given : null;
        return given is PromptAnswer.Yes or PromptAnswer.YesToAll;
    }

    internal bool Continue(string query, string caption)
    {
        requirePermission();
        return Ask(query, caption) is PromptAnswer.Yes or PromptAnswer.YesToAll;
    }

    internal bool Continue(string query, string caption, ref bool yesToAll, ref bool noToAll)
    {
        requirePermission();
        if (yesToAll)
            return true;

        if (noToAll)
            return false;

        PromptAnswer answer = Ask(query, caption);
        yesToAll = answer == PromptAnswer.YesToAll;
        noToAll = answer == PromptAnswer.NoToAll;
        return answer is PromptAnswer.Yes or PromptAnswer.YesToAll;
    }

    internal void Inquire(string text)
    {
        if (Ask(text, null) is PromptAnswer.No or PromptAnswer.NoToAll)
            throw new ActionPreferenceStopException("The running command stopped because the user selected the Stop option.");
    }

    private PromptAnswer Ask(string query, string? caption)
    {
        Prompt prompt = new(string.IsNullOrEmpty(caption) ? "Confirm" : caption, query);
        session.Streams.Add(StreamKind.Prompt, prompt);
        if (session.Options.AnswerPrompt is { } answer)
            return answer(prompt);

        session.UnexpectedPrompt = new UnexpectedPromptException(prompt);
        throw session.UnexpectedPrompt;
    }
}
