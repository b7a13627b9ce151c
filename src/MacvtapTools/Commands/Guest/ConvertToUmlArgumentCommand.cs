using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Makes the arguments that give links to User-mode Linux as its network cards.</summary>
[Cmdlet(VerbsData.ConvertTo, "UmlArgument")]
[OutputType(typeof(string))]
public sealed class ConvertToUmlArgumentCommand : KernelCmdlet
{
    private readonly List<Link> _links = [];

    /// <summary>Macvtaps, classic taps, macvlans or other Ethernet links: objects, names or indexes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public PSObject[] Link { get; set; } = [];

    /// <summary>How frames are exchanged. Tap for classic taps and Raw for other links where it is left out.</summary>
    [Parameter]
    public UmlTransport? Transport { get; set; }

    /// <summary>The number of the first card: 0 for vec0.</summary>
    [Parameter]
    [ValidateRange(0, 4095)]
    public int Number { get; set; }

    /// <summary>The guests' MAC addresses, in the order of the links. That of the link where it is left out; for classic taps User-mode Linux makes one.</summary>
    [Parameter]
    public string[]? MacAddress { get; set; }

    /// <summary>How many frames are taken at once, 1 to 1024; 64 where it is left out.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? Depth { get; set; }

    /// <summary>Takes joined frames of up to 64 KiB.</summary>
    [Parameter]
    public SwitchParameter Gro { get; set; }

    /// <summary>The guest's MTU; 1500 where it is left out.</summary>
    [Parameter]
    [ValidateRange(68, 65535)]
    public int? Mtu { get; set; }

    /// <summary>Exchanges frames one by one instead of many at once.</summary>
    [Parameter]
    public SwitchParameter NoVector { get; set; }

    /// <summary>The number of the first descriptor, for the transport Fd. Placeholders for Start-TapProcess where it is left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Descriptor { get; set; }

    /// <summary>Notes a link: how a descriptor is called depends on how many there are.</summary>
    protected override void ProcessRecord()
    {
        foreach (PSObject value in Link)
        {
            Attempt(value.BaseObject, () =>
            {
                LinkReference reference = value.BaseObject switch
                {
                    Link link => new LinkReference(link),
                    string name => new LinkReference(name),
                    int index => new LinkReference(index),
                    _ => new LinkReference(value),
                };
                LinkSession session = Session(reference.IsNamespaceKnown ? reference.NetworkNamespace : NetworkNamespace);
                _links.Add(LinkSelection.ByReference(session.Reader, reference, FailureId.LinkNotFound));
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (int i = 0; i < _links.Count; i++)
        {
            int place = i;
            Attempt(_links[place], () => WriteObject(UmlArguments.For(_links[place], Card(place))));
        }
    }

    private UmlCard Card(int place) => new()
    {
        Number = Number + place,
        Transport = Transport ?? UmlArguments.Usual(_links[place]),
        Descriptor = Name(place),
        MacAddress = MacAddress is not null && place < MacAddress.Length ? Route.HardwareAddress.Format(MacAddressText.Parse(MacAddress[place])) : null,
        Depth = Depth,
        Gro = Gro,
        Mtu = Mtu,
        NoVector = NoVector,
    };

    private string Name(int place)
    {
        if (Descriptor is { } first) return (first + place).ToString(CultureInfo.InvariantCulture);
        return _links.Count == 1 ? "{fd}" : string.Create(CultureInfo.InvariantCulture, $"{{fd{place + 1}}}");
    }
}
