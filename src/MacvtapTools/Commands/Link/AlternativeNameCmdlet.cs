using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;

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

    /// <summary>Does it.</summary>
    private protected abstract ListEditFailure? Edit(AlternativeNames client, Link link);

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link)
    {
        if (!ShouldProcess(Describe(link), $"{Action} {string.Join(", ", AlternativeName)}")) return;
        if (Edit(session.AlternativeNames, link) is { } failure) throw NameCauses.ExplainAlternativeNames(failure, link);
        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));
    }
}
