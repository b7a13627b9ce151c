using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Takes IP addresses from links.</summary>
[Cmdlet(VerbsCommon.Remove, "LinkAddress", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveLinkAddressCommand : LinkPartCmdlet<LinkAddress>
{
    /// <summary>The addresses with the prefix lengths that they were given with.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinkAddressCompleter))]
    public string[] Address { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        foreach (string text in Address)
        {
            Attempt(link, () =>
            {
                IPPrefix wanted = IPPrefix.Parse(text);
                var client = new AddressClient(session.Conversation);
                IReadOnlyList<LinkAddress> found = client.Find(link, wanted);
                if (found.Count == 0) throw AddressCauses.NotFound(link, wanted, client.List([link]));
                foreach (LinkAddress address in found) Attempt(address, () => Remove(session, link, address));
            });
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessPart(LinkAddress part)
    {
        LinkSession session = Session(part.NetworkNamespace);
        Remove(session, LinkOf(session, part.InterfaceIndex, part.Name), part);
    }

    private void Remove(LinkSession session, Link link, LinkAddress address)
    {
        try
        {
            if (!Proceed(Describe(link), $"Remove address {address}", () => AddressPreflight.CheckRemove(link, address, session))) return;
            IReadOnlyList<LinkAddress> others = new AddressClient(session.Conversation).Remove(link, address);
            if (others.Count > 0) WriteWarning(AddressClient.TakenAlong(link, address, others, isDone: true));
        }
        catch (KernelException failure)
        {
            throw AddressCauses.ExplainRemove(failure, link);
        }
    }
}
