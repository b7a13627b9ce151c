using System.Management.Automation;
using System.Text;
using MacvtapTools.Completion;
using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Makes a reflective relay on this machine: a lower device whose frames come back, so that its links reach each other and the host in any mode.</summary>
[Cmdlet(VerbsCommon.New, "ReflectiveRelay", SupportsShouldProcess = true)]
[OutputType(typeof(ReflectiveRelay))]
public sealed class NewReflectiveRelayCommand : KernelCmdlet
{
    private const string DefaultName = "relay%d";

    /// <summary>The name of the lower device, 1 to 12 bytes; the port has -p behind it, the bridge -br. relay0, relay1 and so on where it is left out.</summary>
    [Parameter(Position = 0)]
    [Alias("IfName", "InterfaceAlias")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = DefaultName;

    /// <summary>A link that becomes a port of the bridge, and so leads outside. It must carry no addresses (unless -Force) and no macvlans.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? Uplink { get; set; }

    /// <summary>A bridge that is there. One is made where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? Bridge { get; set; }

    /// <summary>Addresses for the new bridge, and so for the host, with their prefix lengths.</summary>
    [Parameter]
    public string[] Address { get; set; } = [];

    /// <summary>The MTU of both ends of the pair in bytes, 68 to 65535. That of the uplink, or of the bridge that is there, where it is left out; else 1500.</summary>
    [Parameter]
    public int? Mtu { get; set; }

    /// <summary>Takes an uplink that has addresses. They stay on it and are of no use there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Name, Create);

    private void Create()
    {
        LinkSession session = Session();
        IReadOnlyList<Link> links = session.Reader.List().Links;
        Link? bridge = Bridge is null ? null : Find(session, Bridge, FailureId.LinkNotFound);
        if (bridge is not (null or BridgeLink))
            throw new MacvtapException(FailureId.NotBridgeLink, $"{bridge.Name} is not a bridge.", $"Leave -Bridge out, and one is made; Get-Link -Kind bridge{CommandText.Place(bridge.NetworkNamespace)} lists those that are there.", bridge);
        if (bridge is not null && Address.Length > 0)
            throw new MacvtapException(FailureId.ParameterInvalid, $"-Address is for the bridge that is made, and {bridge.Name} is there already.", $"{bridge.Command("Add-LinkAddress")} gives it addresses.", Address);
        Link? uplink = Uplink is null ? null : Find(session, Uplink, FailureId.LinkNotFound);
        string[] addresses = uplink is null ? [] : CheckUplink(session, uplink, links);
        var wanted = new RelaySpecification { Name = FreeName(links), Bridge = bridge, Uplink = uplink, Mtu = Mtu, Address = Address };
        Refuse(links, wanted);
        string what = $"Create a reflective relay: veth pair {wanted.Name} and {wanted.PortName}, {wanted.PortName} a hairpin port of {(bridge is null ? "the new" : "the")} bridge {wanted.BridgeName}{(uplink is null ? string.Empty : $", {uplink.Name} a port too")}";
        if (!Proceed(wanted.Name, what, () => new RelayPreflight(session).CheckCreate(wanted))) return;
        ReflectiveRelay relay = new RelayCreator(session).Create(wanted, StopRequested);
        if (addresses.Length > 0)
            WriteWarning($"{uplink!.Name} is a bridge port now: its addresses ({string.Join(", ", addresses)}) stay on it and receive nothing. Give them to the bridge: {uplink.Command("Remove-LinkAddress")}, {CommandText.For("Add-LinkAddress", wanted.BridgeName, session.Reader.NetworkNamespace)}.");
        foreach (string problem in relay.Problem) WriteWarning(problem);
        WriteObject(relay);
    }

    /// <summary>A port hands all its frames to the bridge, so that the host's own stack hears nothing by it.</summary>
    /// <returns>The addresses that it has all the same.</returns>
    private string[] CheckUplink(LinkSession session, Link uplink, IReadOnlyList<Link> links)
    {
        if (uplink.Master is { } master)
            throw new MacvtapException(FailureId.LinkBusy, $"{uplink.Name} is a port of {master} already.", $"Take that bridge: -Bridge {CommandText.Word(master)} instead of -Uplink, or {uplink.Command("Remove-BridgePort")} first.", uplink);
        Link[] on = [.. links.Where(l => l is MacvlanLink && l.LowerDeviceIndex == uplink.InterfaceIndex && l.LowerDeviceNamespaceId is null)];
        if (on.Length > 0)
            throw new MacvtapException(FailureId.LinkBusy, $"{uplink.Name} is the lower device of {string.Join(", ", on.Select(l => l.Name))}, and a device is a bridge port or a lower device, not both.", "Remove those links first and make them on the relay.", uplink);
        string[] addresses = [.. AddressMover.AddressesOf(session, uplink).Select(a => a.Address)];
        return addresses.Length == 0 || Force
            ? addresses
            : throw new MacvtapException(
                FailureId.LinkBusy,
                $"{uplink.Name} has addresses ({string.Join(", ", addresses)}): as a bridge port it would hand every frame to the bridge, and the host would be reached by them no more.",
                $"Give them to the relay's bridge instead ({uplink.Command("Remove-LinkAddress")}, then -Address {addresses[0]}); -Force makes it a port all the same. Without an uplink of its own, New-HostLink is the way that leaves the device alone.",
                uplink);
    }

    private string FreeName(IReadOnlyList<Link> links)
    {
        if (!LinkName.IsPattern(Name)) return Name;
        LinkName.ThrowIfInvalid(Name);
        HashSet<string> taken = [.. links.SelectMany(l => l.AlternativeName.Prepend(l.Name))];
        for (int number = 0; ; number++)
        {
            string name = Name.Replace("%d", $"{number}", StringComparison.Ordinal);
            if (!taken.Contains(name) && !taken.Contains(name + RelaySpecification.PortSuffix) && !taken.Contains(name + RelaySpecification.BridgeSuffix)) return name;
        }
    }

    /// <summary>Names that cannot be, before anything is made.</summary>
    private static void Refuse(IReadOnlyList<Link> links, RelaySpecification wanted)
    {
        LinkName.ThrowIfInvalid(wanted.Name);
        int most = RtnetlinkConstants.LongestName - RelaySpecification.BridgeSuffix.Length;
        if (Encoding.UTF8.GetByteCount(wanted.Name) > most)
            throw new MacvtapException(FailureId.LinkNameInvalid, $"'{wanted.Name}' is too long for a relay: the bridge is called the same with {RelaySpecification.BridgeSuffix} behind.", $"Take at most {most} bytes.", wanted.Name);
        foreach (string name in wanted.Bridge is null ? [wanted.Name, wanted.PortName, wanted.BridgeName] : (string[])[wanted.Name, wanted.PortName])
        {
            if (links.Any(l => l.Name == name || l.AlternativeName.Contains(name)))
                throw new MacvtapException(FailureId.LinkExists, $"Could not create the relay {wanted.Name}: {name} exists already.", "Choose another name, or leave it out.", name);
        }
    }
}
