using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Guests;

namespace MacvtapTools.Commands;

/// <summary>Makes the arguments that give a tap device to QEMU: the network card and the backend behind it.</summary>
[Cmdlet(VerbsData.ConvertTo, "QemuArgument")]
[OutputType(typeof(string))]
public sealed class ConvertToQemuArgumentCommand : GuestCmdlet
{
    private readonly List<(Link Link, string Address, int Queues)> _links = [];

    /// <summary>The tap devices: of Get-TapDevice, links of kind macvtap or tap, bridge ports that are taps, or names of links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public TapReference[] TapDevice { get; set; } = [];

    /// <summary>QEMU's name of the network card.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QemuModelCompleter))]
    public string Model { get; set; } = QemuArguments.UsualModel;

    /// <summary>The ids of the cards, in the order of the tap devices. The links' names where it is left out.</summary>
    [Parameter]
    public string[]? Id { get; set; }

    /// <summary>How many queues each card has, 1 to 256: as many as Start-TapProcess opens.</summary>
    [Parameter]
    [ValidateRange(1, GuestTap.MostQueues)]
    public int QueueCount { get; set; } = 1;

    /// <summary>The cards' MAC addresses, in the order of the tap devices. Those that fit the links where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string[]? MacAddress { get; set; }

    /// <summary>The number of the first descriptor, for a program that is not started by Start-TapProcess. Placeholders where it is left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Descriptor { get; set; }

    /// <summary>Lets QEMU attach to classic taps by their names, without a descriptor.</summary>
    [Parameter]
    public SwitchParameter ByInterfaceName { get; set; }

    /// <summary>Further options of the cards, such as @{ bus = 'rp0' }.</summary>
    [Parameter]
    public IDictionary? DeviceOption { get; set; }

    /// <summary>Leaves vhost-net out, also where it can be used.</summary>
    [Parameter]
    public SwitchParameter NoVhost { get; set; }

    /// <summary>Notes a tap device: how it is called depends on how many there are.</summary>
    protected override void ProcessRecord()
    {
        foreach (TapReference reference in TapDevice)
        {
            Attempt(reference.ToString(), () =>
            {
                RequireDevice(reference, "QEMU");
                Link link = FindLink(reference.Link).Link;
                if (ByInterfaceName && link is not TapLink)
                    throw new MacvtapException(FailureId.ParameterInvalid, $"{link.Name} is a macvtap, and QEMU can only be given its open descriptor.", "Leave -ByInterfaceName out.", link);
                _links.Add((link, QemuArguments.GuestAddress(link.MacAddress ?? string.Empty, link is TapLink), reference.Endpoint?.Queue.Count ?? QueueCount));
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        bool isVhost = !NoVhost && QemuArguments.IsVirtio(Model) && QemuArguments.CanUseVhost();
        for (int i = 0; i < _links.Count; i++)
        {
            int place = i;
            Attempt(_links[place].Link, () => WriteObject(QemuArguments.For(Card(place, isVhost)), enumerateCollection: true));
        }
    }

    private QemuCard Card(int place, bool isVhost) => new()
    {
        Id = Id is not null && place < Id.Length ? Id[place] : QemuArguments.IdOf(_links[place].Link.Name),
        LinkName = _links[place].Link.Name,
        MacAddress = MacAddress is not null && place < MacAddress.Length ? Route.HardwareAddress.Format(Links.MacAddressText.Parse(MacAddress[place]))! : _links[place].Address,
        Model = Model,
        QueueCount = _links[place].Queues,
        Descriptors = ByInterfaceName ? null : Descriptors(place),
        Vhost = isVhost,
        DeviceOptions = GuestOptions.Read(DeviceOption),
    };

    private string Descriptors(int place)
    {
        int count = _links[place].Queues;
        if (Descriptor is { } first)
            return string.Join(':', Enumerable.Range(first + _links.Take(place).Sum(l => l.Queues), count).Select(d => d.ToString(CultureInfo.InvariantCulture)));
        string word = count == 1 ? "fd" : "fds";
        return _links.Count == 1 ? $"{{{word}}}" : string.Create(CultureInfo.InvariantCulture, $"{{{word}{place + 1}}}");
    }
}
