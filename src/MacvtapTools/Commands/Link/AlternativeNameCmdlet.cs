using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What Add-LinkAlternativeName and Remove-LinkAlternativeName share.</summary>
public abstract class AlternativeNameCmdlet : LinkChangeCmdlet
{
    /// <summary>The alternative names.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("AltName")]
    [ArgumentCompleter(typeof(LinkAlternativeNameCompleter))]
    public string[] AlternativeName { get; set; } = [];

    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for the question that -WhatIf and -Confirm put.</summary>
    private protected abstract string Action { get; }

    /// <summary>Whether the links shall have the names.</summary>
    private protected abstract bool ShallHave { get; }

    /// <summary>Does it.</summary>
    private protected abstract ListEditFailure? Edit(AlternativeNames client, Link link);

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link)
    {
        if (!Proceed(Describe(link), $"{Action} {string.Join(", ", AlternativeName)}", () => Check(session, link))) return;
        if (Edit(session.AlternativeNames, link) is { } failure) throw NameCauses.ExplainAlternativeNames(failure, link, session.Reader);
        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));
    }

    private Verdict Check(LinkSession session, Link link) => ListPreflight.FindRefusedName(link, AlternativeName, ShallHave, LinkSnapshot.Take(session)) is { } refused
        ? throw NameCauses.ExplainAlternativeName(refused.Refusal, refused.Name, link, session.Reader)
        : Verdict.Accepted;
}
