using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Makes a link for the host on a lower device that guests use: a macvlan in bridge mode, by which the host and guests in bridge mode reach each other.</summary>
[Cmdlet(VerbsCommon.New, "HostLink", SupportsShouldProcess = true)]
[OutputType(typeof(MacvlanLink))]
public sealed class NewHostLinkCommand : KernelCmdlet
{
    private readonly OpenVswitchClients _openVswitch = new();

    /// <summary>The name of the new link, 1 to 15 bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The device under the guests' links: a name, an index or a link.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Link")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference LowerDevice { get; set; } = null!;

    /// <summary>Addresses for the host with their prefix lengths, such as 192.0.2.1/24 and fd00::1/64.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Address { get; set; } = [];

    /// <summary>The next routers of default routes over the link: one for a family.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Gateway { get; set; } = [];

    /// <summary>Networks or addresses that are reached on the link itself.</summary>
    [Parameter]
    public string[] Route { get; set; } = [];

    /// <summary>Takes the lower device's addresses and routes over to the new link.</summary>
    [Parameter]
    public SwitchParameter MoveAddress { get; set; }

    /// <summary>The MAC address, in any usual spelling. The kernel makes one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MacAddress { get; set; }

    /// <summary>The largest packet in bytes, 68 to that of the lower device. That of the lower device where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? Mtu { get; set; }

    /// <summary>How the host makes IPv6 addresses on the link by itself. None where it is left out.</summary>
    [Parameter]
    public AddressGeneration AddressGeneration { get; set; } = AddressGeneration.None;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Name, Create);

    private void Create()
    {
        LinkName.ThrowIfInvalid(Name);
        LinkSession session = Session(string.IsNullOrEmpty(NetworkNamespace) ? LowerDevice.NetworkNamespace : NetworkNamespace);
        Link lower = Find(session, LowerDevice, FailureId.LowerDeviceNotFound);
        IReadOnlyList<LinkAddress> moving = MoveAddress ? AddressMover.AddressesOf(session, lower) : [];
        var wanted = new HostLinkSpecification
        {
            Link = new MacvlanSpecification
            {
                IsTap = false,
                Name = Name,
                LowerDevice = lower.Name,
                LowerDeviceIndex = lower.InterfaceIndex,
                Mode = LinkMode.Bridge,
                MacAddress = string.IsNullOrEmpty(MacAddress) ? null : MacAddress,
                Mtu = Mtu,
                AddressGeneration = AddressGeneration,
                Up = true,
            },
            LowerDevice = lower,
            Address = Address,
            Gateway = Gateway,
            Route = Route,
            MoveAddress = MoveAddress,
        };
        string taken = moving.Count == 0 ? string.Empty : $", and take {string.Join(", ", moving)} over from {lower.Name}";
        string given = Address.Length == 0 ? string.Empty : $", with {string.Join(", ", Address)}";
        if (!Proceed(wanted.Link.Label, $"Create, mode Bridge, switched on{given}{taken}", () => new HostLinkPreflight(session).Check(wanted, moving))) return;
        ChangeResult<Link> made = new HostLinkCreator(session).Create(wanted, out IReadOnlyList<LinkAddress> moved);
        WriteObject(made.Link);
        ReportDifferences(made.Link, made.Differences);
        Warn(session, made.Link, lower, moved);
    }

    private void Warn(LinkSession session, Link made, Link lower, IReadOnlyList<LinkAddress> moved)
    {
        foreach (LinkAddress address in moved.Where(a => a.ValidLifetime is not null))
            WriteWarning($"{address} had been given to {lower.Name} for a time: who gave it there (DHCP, a router) may give it there again. Let that program use {made.Name}.");
        ForwardingScene scene = new SceneReader(session, Session, _openVswitch[null, StopRequested]).Read(lower, null).Scene;
        int own = scene.Links.ToList().FindIndex(l => l.InterfaceIndex == made.InterfaceIndex && l.Name == made.Name);
        if (own < 0) return; // it went meanwhile
        foreach (string warning in HostLinkReach.Warnings(scene, own)) WriteWarning(warning);
    }
}
