using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Writes libvirt's XML for a guest's network card, or for a network, that is like a link.</summary>
[Cmdlet(VerbsData.ConvertTo, "LibvirtXml")]
[OutputType(typeof(string))]
public sealed class ConvertToLibvirtXmlCommand : KernelCmdlet
{
    private readonly List<LibvirtCard> _pool = [];
    private int _count;

    /// <summary>Macvtaps, taps, bridges, bridge ports or lower devices: links, objects of Get-TapDevice or Get-BridgePort, names or indexes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public PSObject[] Link { get; set; } = [];

    /// <summary>Lets the guest use the macvtap that is there, instead of one that libvirt makes. Needs libvirt 5.7.</summary>
    [Parameter]
    public SwitchParameter Existing { get; set; }

    /// <summary>The mode of the macvtap that libvirt makes. That of the link, and Vepa for a lower device, where it is left out.</summary>
    [Parameter]
    public LinkMode? Mode { get; set; }

    /// <summary>libvirt's name of the card.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LibvirtModelCompleter))]
    public string Model { get; set; } = "virtio";

    /// <summary>How many queues the card has, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int QueueCount { get; set; } = 1;

    /// <summary>The guests' MAC addresses, in the order of the links. That of the macvtap where it is left out; libvirt makes one for other links.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string[]? MacAddress { get; set; }

    /// <summary>The MTU that the guest is told, 68 to 65535.</summary>
    [Parameter]
    [ValidateRange(68, 65535)]
    public int? Mtu { get; set; }

    /// <summary>Writes a network of this name instead of cards: guests take their cards from it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject value in Link) Attempt(value.BaseObject, () => Convert(value));
    }

    /// <summary>All links together are the pool of one network.</summary>
    protected override void EndProcessing()
    {
        if (Network is not null && _pool.Count > 0) Attempt(Network, () => WriteObject(LibvirtCard.ToNetwork(Network, _pool).ToString()));
    }

    private void Convert(PSObject value)
    {
        int place = _count++;
        LinkReference reference = LinkReference.Of(value);
        Link found = LinkSelection.ByReference(Session(reference).Reader, reference, FailureId.LinkNotFound);
        var wish = new LibvirtWish
        {
            Existing = Existing,
            Mode = Mode,
            Model = Model,
            QueueCount = QueueCount,
            MacAddress = MacAddress is not null && place < MacAddress.Length ? Route.HardwareAddress.Format(MacAddressText.Parse(MacAddress[place])) : null,
            Mtu = Mtu,
        };
        LibvirtCard card = LibvirtCards.For(found, value.BaseObject as BridgePort, wish);
        if (Network is null) WriteObject(card.ToElement().ToString());
        else AddToPool(card, found);
    }

    private void AddToPool(LibvirtCard card, Link link)
    {
        if (card.Type == "ethernet")
            throw new MacvtapException(FailureId.LibvirtUnsupported, $"A libvirt network cannot be made of {link.Name}: it would be the one device of every guest.", "Give macvtaps or lower devices of one mode, or a bridge.", link);
        if (_pool.Count > 0 && (_pool[0].Type != card.Type || _pool[0].Mode != card.Mode || (card.Type == "bridge" && _pool[0].Source != card.Source)))
            throw new MacvtapException(FailureId.ParameterInvalid, $"A network has one mode and one bridge, and {link.Name} differs from the links before it.", "Make a network for each mode and each bridge, or give -Mode.", link);
        _pool.Add(card);
    }
}
