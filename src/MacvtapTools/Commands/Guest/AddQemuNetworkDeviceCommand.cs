using System.Collections;
using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Guests;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Plugs a network card on a tap device into a running QEMU.</summary>
[Cmdlet(VerbsCommon.Add, "QemuNetworkDevice", SupportsShouldProcess = true)]
[OutputType(typeof(QemuNetworkDevice))]
public sealed class AddQemuNetworkDeviceCommand : QemuCmdlet
{
    /// <summary>The tap devices, a card for each: of Get-TapDevice, links, names of links, or open endpoints.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public TapReference[] TapDevice { get; set; } = [];

    /// <summary>QEMU's name of the network card.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QemuModelCompleter))]
    public string Model { get; set; } = QemuArguments.UsualModel;

    /// <summary>The card's id. The link's name where it is left out.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>How many queues the card has, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, GuestTap.MostQueues)]
    public int QueueCount { get; set; } = 1;

    /// <summary>The card's MAC address. The one that fits the link where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string? MacAddress { get; set; }

    /// <summary>Further options of the card, such as @{ bus = 'rp0' }.</summary>
    [Parameter]
    public IDictionary? DeviceOption { get; set; }

    /// <summary>Leaves vhost-net out, also where it can be used.</summary>
    [Parameter]
    public SwitchParameter NoVhost { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TapReference reference in TapDevice)
            Attempt(reference.ToString(), () => Add(reference));
    }

    private void Add(TapReference reference)
    {
        RequireDevice(reference, "QEMU");
        Link link = FindLink(reference.Link).Link;
        QemuCard card = new()
        {
            Id = Id ?? QemuArguments.IdOf(link.Name),
            LinkName = link.Name,
            MacAddress = string.IsNullOrEmpty(MacAddress)
                ? QemuArguments.GuestAddress(link.MacAddress ?? string.Empty, link is TapLink)
                : Route.HardwareAddress.Format(MacAddressText.Parse(MacAddress))!,
            Model = Model,
            QueueCount = reference.Endpoint?.Queue.Count ?? QueueCount,
            Vhost = !NoVhost && QemuArguments.IsVirtio(Model) && QemuArguments.CanUseVhost(),
            DeviceOptions = GuestOptions.Read(DeviceOption),
        };
        QemuArguments.Check(card);
        if (!Proceed($"QEMU at {SocketPath}", $"Add card '{card.Id}' ({card.Model}, MAC address {card.MacAddress}) on link {link.Name}", () => Check(reference, card)))
            return;
        using QmpConnection connection = Connect();
        using GuestTap tap = OpenTap(reference, QueueCount, GuestTap.UsualVnetHeaderSize);
        WriteObject(new QemuNetworkClient(connection).Add(card, tap.Queues));
    }

    private Verdict Check(TapReference reference, QemuCard card)
    {
        using QmpConnection connection = Connect();
        Verdict verdict = CheckTap(reference, QueueCount, GuestTap.UsualVnetHeaderSize);
        new QemuNetworkClient(connection).CheckAdd(card);
        return verdict.And(new Verdict("whether a bus of that QEMU has room for the card"));
    }
}
