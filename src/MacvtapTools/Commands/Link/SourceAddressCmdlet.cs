using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What the cmdlets for the source addresses of links share.</summary>
public abstract class SourceAddressCmdlet : LinkChangeCmdlet
{
    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The change, for the question that -WhatIf and -Confirm put.</summary>
    private protected abstract string Change { get; }

    /// <summary>Checks the change without making it.</summary>
    private protected abstract Verdict Check(MacvlanLink link, LinkSnapshot place);

    /// <summary>Makes the change, or says what failed.</summary>
    private protected abstract ListEditFailure? Edit(SourceAddressEditor editor, MacvlanLink link);

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        if (link is not MacvlanLink macvlan)
            throw new MacvtapException(FailureId.NotMacvlanLink, $"{link.Name} has no source addresses: it is not a macvlan or macvtap.", $"Get-Link -Kind macvtap{CommandText.Place(link.NetworkNamespace)} lists those that have.", link);
        if (!Proceed(Describe(link), Change, () => Check(session, macvlan))) return;
        if (Edit(session.SourceAddresses, macvlan) is { } failure) throw NameCauses.ExplainSourceAddresses(failure, macvlan);
        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));
    }

    private Verdict Check(LinkSession session, MacvlanLink link)
    {
        try
        {
            return Check(link, LinkSnapshot.Take(session));
        }
        catch (PredictedRefusal refusal)
        {
            throw NameCauses.ExplainSourceAddress(refusal, link);
        }
    }
}
