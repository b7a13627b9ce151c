using System.Management.Automation;
using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gives links IP addresses.</summary>
[Cmdlet(VerbsCommon.Add, "LinkAddress", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(LinkAddress))]
public sealed class AddLinkAddressCommand : LinkChangeCmdlet
{
    /// <summary>The addresses with their prefix lengths, such as 10.0.0.1/24 and fd00::1/64; without one a single address (/32, /128).</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string[] Address { get; set; } = [];

    /// <summary>IPv6: uses the address at once, without looking for about a second whether another host has it.</summary>
    [Parameter]
    [Alias("NoDad")]
    public SwitchParameter NoDuplicateAddressDetection { get; set; }

    /// <summary>Gives the addresses back as the kernel lists them afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        foreach (string text in Address) Attempt(link, () => Add(session, link, text));
    }

    private void Add(LinkSession session, Link link, string text)
    {
        IPPrefix address = IPPrefix.ParseForLink(text);
        if (!ShouldProcess(Describe(link), $"Add address {address}")) return;
        try
        {
            LinkAddress added = new AddressClient(session.Conversation).Add(link, address, NoDuplicateAddressDetection);
            if (PassThru) WriteObject(added);
        }
        catch (KernelException failure)
        {
            throw AddressCauses.ExplainAdd(failure, link, address);
        }
    }
}
