using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Makes a veth pair: two links, and what goes into the one comes out of the other.</summary>
[Cmdlet(VerbsCommon.New, "VethLink", SupportsShouldProcess = true)]
[OutputType(typeof(VethLink))]
public sealed class NewVethLinkCommand : KernelCmdlet
{
    /// <summary>The name of the near end.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The name of the far end.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Peer")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string PeerName { get; set; } = string.Empty;

    /// <summary>The network namespace of the far end: a name, a path, or the id of a process. That of the near end where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PeerNamespace", "PeerNetNS")]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? PeerNetworkNamespace { get; set; }

    /// <summary>The MAC address of the near end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MacAddress { get; set; }

    /// <summary>The MAC address of the far end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PeerMacAddress { get; set; }

    /// <summary>The MTU of both ends in bytes, 68 to 65535.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MtuCompleter))]
    public int? Mtu { get; set; }

    /// <summary>Switches both ends on.</summary>
    [Parameter]
    public SwitchParameter Up { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Name, () =>
    {
        LinkName.ThrowIfInvalid(Name);
        LinkName.ThrowIfInvalid(PeerName);
        if (Name == PeerName && !LinkName.IsPattern(Name) && string.IsNullOrEmpty(PeerNetworkNamespace))
            throw new MacvtapException(FailureId.LinkNameInvalid, $"Both ends cannot be called {Name} in one network namespace.", "Give the far end another name, or another namespace (-PeerNetworkNamespace).", Name);
        LinkSession session = Session();
        string far = string.IsNullOrEmpty(PeerNetworkNamespace) ? PeerName : $"{PeerName} in network namespace {PeerNetworkNamespace}";
        try
        {
            if (Proceed($"veth {Name} and {far}", $"Create a veth pair{(Up ? ", switched on" : string.Empty)}", () => Check(session))) Create(session);
        }
        catch (KernelException failure)
        {
            LinkReader farReader = string.IsNullOrEmpty(PeerNetworkNamespace) ? session.Reader : Session(PeerNetworkNamespace).Reader;
            throw OtherKindCauses.ExplainVeth(failure, Name, PeerName, Mtu, session.Reader, farReader);
        }
    });

    private Verdict Check(LinkSession session)
    {
        Parse(PeerMacAddress);
        LinkSession? far = string.IsNullOrEmpty(PeerNetworkNamespace) ? null : Session(PeerNetworkNamespace);
        var link = new LinkSettings { Name = Name, Address = Parse(MacAddress), Mtu = (uint?)Mtu };
        return OtherKindPreflight.CheckVeth(link, PeerName, LinkSnapshot.Take(session), far is null ? null : LinkSnapshot.Take(far));
    }

    private void Create(LinkSession session)
    {
        using NamespaceHandle? peerNamespace = string.IsNullOrEmpty(PeerNetworkNamespace) ? null : NamespaceResolver.Open(PeerNetworkNamespace);
        var link = new LinkSettings { Name = Name, Address = Parse(MacAddress), Mtu = (uint?)Mtu };
        var kind = new VethSettings
        {
            PeerName = PeerName,
            PeerAddress = Parse(PeerMacAddress),
            PeerMtu = (uint?)Mtu,
            PeerNamespaceDescriptor = (int?)peerNamespace?.File.DangerousGetHandle(),
        };
        LinkRecord made = session.Creator.Create(link, kind);
        WriteObject(Up ? SwitchOn(session, made) : Named(session, made, LinkName.IsPattern(PeerName) ? null : PeerName));
    }

    /// <summary>Switches both ends on; the kernel cannot do that while it makes the pair (ENOTCONN: the ends are not joined yet). If one fails, the pair is removed.</summary>
    private Link SwitchOn(LinkSession session, LinkRecord made)
    {
        try
        {
            // By its index: the kernel picks the name where a pattern was given.
            LinkSession far = string.IsNullOrEmpty(PeerNetworkNamespace) ? session : Session(PeerNetworkNamespace);
            Link peer = (made.LinkIndex is { } index ? far.Reader.Find(index) : null) ?? throw new KernelException(Errno.ENODEV, $"switch on the far end of {made.Name}");
            far.Changer.SetUp(peer, true);
            return Named(session, session.Changer.SetUp(session.Reader.Name(made, peer.Name), true).Record, peer.Name);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            if (HalfMade.Remove(session.Conversation, made, session.Reader.NetworkNamespace, failure, "pair") is { } standing) throw standing;
            throw;
        }
    }

    private static Link Named(LinkSession session, LinkRecord made, string? peer) => peer is null ? session.Reader.Name(made) : session.Reader.Name(made, peer);

    private static byte[]? Parse(string? address) => string.IsNullOrEmpty(address) ? null : MacAddressText.Parse(address);
}
