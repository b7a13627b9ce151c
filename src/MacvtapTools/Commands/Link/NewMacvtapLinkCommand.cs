using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Makes macvtap links: each a MAC address of its own on a lower device, and a device node for a guest.</summary>
[Cmdlet(VerbsCommon.New, "MacvtapLink", SupportsShouldProcess = true)]
[OutputType(typeof(MacvtapLink))]
public sealed class NewMacvtapLinkCommand : MacvlanCreationCmdlet
{
    /// <summary>
    /// How the host makes IPv6 addresses on the link. None where it is left out: the guest has the same MAC address and would make the same link-local
    /// address, which the host must not own; and thousands of links are made several times faster.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AddressGeneration AddressGeneration { get; set; } = AddressGeneration.None;

    private protected override bool IsTap => true;

    private protected override AddressGeneration? HostAddressGeneration => AddressGeneration;
}
