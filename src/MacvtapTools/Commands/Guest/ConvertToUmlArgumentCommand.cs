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
    private readonly List<object> _sources = [];

    /// <summary>Macvtaps, classic taps, macvlans or other Ethernet links: objects, names or indexes. And relays.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public PSObject[] Link { get; set; } = [];

    /// <summary>How frames are exchanged. Tap for classic taps, Raw for other links, and what fits a relay where it is left out.</summary>
    [Parameter]
    public UmlTransport? Transport { get; set; }

    /// <summary>The number of the first card: 0 for vec0.</summary>
    [Parameter]
    [ValidateRange(0, 4095)]
    public int Number { get; set; }

    /// <summary>The guests' MAC addresses, in the order of the links. That of the link where it is left out; for classic taps User-mode Linux makes one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
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
                if (value.BaseObject is TapRelay relay)
                {
                    _sources.Add(relay);
                    return;
                }

                LinkReference reference = LinkReference.Of(value);
                _sources.Add(LinkSelection.ByReference(Session(reference).Reader, reference, FailureId.LinkNotFound));
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        UmlTransport[] transports = [.. _sources.Select(s => Transport ?? (s is TapRelay relay ? UmlArguments.Usual(relay) : UmlArguments.Usual((Link)s)))];
        for (int i = 0; i < _sources.Count; i++)
        {
            int place = i;
            object source = _sources[place];
            Attempt(source, () => WriteObject(source is TapRelay relay ? UmlArguments.For(relay, Card(place, transports)) : UmlArguments.For((Link)source, Card(place, transports))));
        }
    }

    private UmlCard Card(int place, UmlTransport[] transports) => new()
    {
        Number = Number + place,
        Transport = transports[place],
        Descriptor = Name(transports.Take(place).Count(t => t == UmlTransport.Fd), transports.Count(t => t == UmlTransport.Fd)),
        MacAddress = MacAddress is not null && place < MacAddress.Length ? Route.HardwareAddress.Format(MacAddressText.Parse(MacAddress[place])) : null,
        Depth = Depth,
        Gro = Gro,
        Mtu = Mtu,
        NoVector = NoVector,
    };

    /// <summary>How a descriptor is called: those of the other transports do not count.</summary>
    private string Name(int place, int count)
    {
        if (Descriptor is { } first) return (first + place).ToString(CultureInfo.InvariantCulture);
        return count <= 1 ? "{fd}" : string.Create(CultureInfo.InvariantCulture, $"{{fd{place + 1}}}");
    }
}
