using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Makes macvlan links: each a MAC address of its own on a lower device, used by the host's network stack or a namespace's.</summary>
[Cmdlet(VerbsCommon.New, "MacvlanLink", SupportsShouldProcess = true)]
[OutputType(typeof(MacvlanLink))]
public sealed class NewMacvlanLinkCommand : MacvlanCreationCmdlet
{
    /// <summary>How the host makes IPv6 addresses on the link; the kernel's default (net.ipv6.conf.default.addr_gen_mode) where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AddressGeneration? AddressGeneration { get; set; }

    private protected override bool IsTap => false;

    private protected override AddressGeneration? HostAddressGeneration => AddressGeneration;
}
