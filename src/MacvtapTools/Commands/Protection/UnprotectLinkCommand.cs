using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Protection;

namespace MacvtapTools.Commands;

/// <summary>Removes the protection of links.</summary>
[Cmdlet(VerbsSecurity.Unprotect, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class UnprotectLinkCommand : IdentityCmdlet<Link>
{
    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, bool isPattern)
    {
        var client = new ProtectionClient(session.Conversation);
        if (isPattern && !client.Read(link).IsProtected) return;
        try
        {
            if (!Proceed(Describe(link), "Remove the protection", () => ProtectionPreflight.CheckRemove(link, session))) return;
            client.Remove(link);
        }
        catch (KernelException failure)
        {
            throw ProtectionCauses.Explain(failure, link);
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value), false);
    }
}
