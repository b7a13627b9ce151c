using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What Enable-Link and Disable-Link share.</summary>
public abstract class LinkSwitchCmdlet : LinkChangeCmdlet
{
    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool On { get; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        try
        {
            if (!Proceed(Describe(link), On ? "Switch on" : "Switch off", () => ChangePreflight.CheckUp(link, On, LinkSnapshot.Take(session)))) return;
            Link changed = session.Changer.SetUp(link, On);
            if (PassThru) WriteObject(changed);
        }
        catch (KernelException failure)
        {
            throw ChangeCauses.ExplainUp(failure, link, session.Reader);
        }
    }
}
