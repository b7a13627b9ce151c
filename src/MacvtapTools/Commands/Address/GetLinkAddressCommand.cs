using System.Management.Automation;
using MacvtapTools.Addresses;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets the IP addresses of links.</summary>
[Cmdlet(VerbsCommon.Get, "LinkAddress", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkAddress))]
public sealed class GetLinkAddressCommand : LinkReadCmdlet
{
    /// <summary>Only addresses of this family.</summary>
    [Parameter]
    public IPFamily? Family { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        foreach (LinkAddress address in new AddressClient(session.Conversation).List(links, WarnInterrupted))
        {
            if (Family is null || address.Family == Family) WriteObject(address);
        }
    }
}
