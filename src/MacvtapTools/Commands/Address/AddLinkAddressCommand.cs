using System.Management.Automation;
using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

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

    /// <summary>The other end's address on a point-to-point link. Its prefix length, where written, is that of the network; otherwise that of the address is.</summary>
    [Parameter]
    public string? Peer { get; set; }

    /// <summary>IPv4: the broadcast address; + for the highest one of the network. Without it the address has none.</summary>
    [Parameter]
    public string? Broadcast { get; set; }

    /// <summary>IPv4: a label, up to 15 bytes; by custom the link's name, a colon and a word. The link's name where it is left out.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>IPv4: how far the address reaches. Where it is left out Global, and Host for 127.0.0.0/8.</summary>
    [Parameter]
    public AddressScope? Scope { get; set; }

    /// <summary>How long the address stays: a time, or a number of seconds from 1 on. For ever where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? ValidLifetime { get; set; }

    /// <summary>How long new connections use the address: a time, or a number of seconds; 0 for not at all. As long as it stays where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? PreferredLifetime { get; set; }

    /// <summary>Makes no route to the address's network.</summary>
    [Parameter]
    public SwitchParameter NoPrefixRoute { get; set; }

    /// <summary>The metric of the route to the address's network. The kernel chooses where it is left out.</summary>
    [Parameter]
    public uint? Metric { get; set; }

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
        AddressRecord record = AddressBuilder.Build(link, address, new AddressOptions
        {
            NoDuplicateAddressDetection = NoDuplicateAddressDetection,
            NoPrefixRoute = NoPrefixRoute,
            Peer = Peer,
            Broadcast = Broadcast,
            Label = Label,
            Scope = Scope,
            ValidLifetime = ValidLifetime,
            PreferredLifetime = PreferredLifetime,
            Metric = Metric,
        });
        try
        {
            if (!Proceed(Describe(link), $"Add address {address}{(Peer is null ? string.Empty : $", peer {Peer}")}{(Label is null ? string.Empty : $", label {Label}")}", () => AddressPreflight.CheckAdd(link, record, session))) return;
            LinkAddress added = new AddressClient(session.Conversation).Add(link, record);
            if (PassThru) WriteObject(added);
        }
        catch (KernelException failure)
        {
            throw AddressCauses.ExplainAdd(failure, link, address);
        }
    }
}
