using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Protection;

namespace MacvtapTools.Commands;

/// <summary>Gets what links are protected from, read back from the kernel's programs.</summary>
[Cmdlet(VerbsCommon.Get, "LinkProtection", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkProtection))]
public sealed class GetLinkProtectionCommand : LinkReadCmdlet
{
    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        var client = new ProtectionClient(session.Conversation);
        foreach (MacvlanLink link in links.OfType<MacvlanLink>()) Attempt(link, () => Tell(session, client, link));
    }

    private void Tell(LinkSession session, ProtectionClient client, MacvlanLink link)
    {
        try
        {
            ProtectionReading reading = client.Read(link);
            if (!reading.IsProtected) return;
            IReadOnlyList<ulong> siblings = reading.Rules is { Isolate: true } ? ProtectionLinks.Siblings(link, session, Session) : [];
            WriteObject(new LinkProtection(link, reading, siblings));
        }
        catch (KernelException failure)
        {
            throw ProtectionCauses.Explain(failure, link);
        }
    }
}
