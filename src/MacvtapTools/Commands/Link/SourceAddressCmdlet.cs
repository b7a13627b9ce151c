using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>What the cmdlets for the source addresses of links share.</summary>
public abstract class SourceAddressCmdlet : LinkChangeCmdlet
{
    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The change, for the question that -WhatIf and -Confirm put.</summary>
    private protected abstract string Change { get; }

    /// <summary>Makes the change.</summary>
    private protected abstract void Edit(SourceAddressEditor editor, MacvlanLink link);

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        if (link is not MacvlanLink macvlan)
            throw new MacvtapException(FailureId.NotMacvlanLink, $"{link.Name} has no source addresses: it is not a macvlan or macvtap.", "Get-Link -Kind macvtap lists those that have.", link);
        if (!ShouldProcess(Describe(link), Change)) return;
        try
        {
            Edit(session.SourceAddresses, macvlan);
        }
        catch (KernelException failure)
        {
            throw NameCauses.ExplainSourceAddress(failure, macvlan);
        }

        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));
    }
}
