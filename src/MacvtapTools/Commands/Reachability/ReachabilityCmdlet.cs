using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;
using MacvtapTools.Multicast;

namespace MacvtapTools.Commands;

/// <summary>What the cmdlets share that tell who reaches whom: what is behind the lower device, which group, whether to prove it, and from names to places.</summary>
public abstract class ReachabilityCmdlet : KernelCmdlet
{
    private protected const string HostWord = "Host";
    private protected const string OutsideWord = "Outside";

    private const double Shortest = 0.01;
    private const double Longest = 60;

    private readonly OpenVswitchClients _openVswitch = new();

    /// <summary>The group that multicast goes to: a MAC address, an IP address or a name. mDNS where it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MulticastGroupCompleter))]
    public string Group { get; set; } = "mDNS";

    /// <summary>What is behind the lower device. Found out where it is left out, as far as it is on this machine.</summary>
    [Parameter]
    public SwitchBehaviour? Switch { get; set; }

    /// <summary>Sends frames and looks where they arrive.</summary>
    [Parameter]
    public SwitchParameter Probe { get; set; }

    /// <summary>How long to wait for the frames of -Probe: a time, or a number of seconds, 0.01 to 60.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(0.25);

    /// <summary>The socket of the Open vSwitch database to ask about links that are no ports of a kernel bridge. The usual one where it is left out.</summary>
    [Parameter]
    [Alias("OvsDatabase")]
    [AllowNull]
    [AllowEmptyString]
    public string? OpenVswitchDatabase { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        RequireTime(nameof(Timeout), Timeout, Shortest, Longest);
    }

    /// <summary>Reads the scene of a lower device.</summary>
    private protected SceneView Read(LinkSession session, Link lower)
    {
        if (Probe && Switch is not null)
            throw new MacvtapException(FailureId.ParameterInvalid, "-Switch says what to assume, and -Probe measures what is: only one of them can be given.", "Leave -Switch out.", Switch);
        OpenVswitchClient openVswitch = _openVswitch[OpenVswitchDatabase, StopRequested];
        SceneView view = new SceneReader(session, Session, openVswitch).Read(lower, Switch);
        if (openVswitch.Unreachable is { } why) WriteVerbose($"Open vSwitch could not be asked, and whether it is behind {lower.Name} is not known: {why}");
        return Probe && view.Outside is not null ? view with { Scene = view.Scene with { OutsideAddress = view.OutsideAddress } } : view;
    }

    private protected ulong GroupNumber => MacNumber.Of(MulticastText.Parse(Group));

    /// <summary>The lower device of a link, with the session of its namespace.</summary>
    private protected (LinkSession Session, Link Lower) LowerOf(LinkSession session, MacvlanLink link)
    {
        int index = link.LowerDeviceIndex ?? 0;
        LinkSession there = session;
        if (link.LowerDeviceNamespaceId is not null)
        {
            there = Session(link.LowerDeviceNamespace ?? throw new MacvtapException(
                FailureId.LowerDeviceNotFound,
                $"The lower device of {link.Name} is in another network namespace, which has no name here.",
                "Give that network namespace a name (ip netns attach NAME PID), or run this there.",
                link));
        }

        return (there, there.Reader.Find(index) ?? throw new MacvtapException(FailureId.LowerDeviceNotFound, $"The lower device of {link.Name} (index {index}) is not there.", null, link));
    }

    /// <summary>The first macvlan or macvtap that the parameters name; its lower device is meant.</summary>
    private protected (LinkSession Session, Link Lower) FindLower(params ReadOnlySpan<LinkReference?> references)
    {
        foreach (LinkReference? reference in references)
        {
            if (reference is null || IsWord(reference, HostWord) || IsWord(reference, OutsideWord)) continue;
            LinkSession session = Session(reference.IsNamespaceKnown ? reference.NetworkNamespace : NetworkNamespace);
            Link link = LinkSelection.ByReference(session.Reader, reference, FailureId.LinkNotFound);
            return link is MacvlanLink macvlan ? LowerOf(session, macvlan) : (session, link);
        }

        throw new MacvtapException(
            FailureId.ParameterInvalid,
            "Host and Outside alone name no lower device.",
            "Name a macvlan or macvtap as -From or -To, or the lower device itself instead of Host.");
    }

    /// <summary>The place of what a parameter names.</summary>
    private protected int Place(ForwardingScene scene, LinkReference reference)
    {
        string? wanted = reference.IsNamespaceKnown ? reference.NetworkNamespace : NetworkNamespace;
        int found = -1;
        for (int i = 0; i < scene.Links.Count; i++)
        {
            SceneLink link = scene.Links[i];
            if (!Fits(reference, link.Name, link.InterfaceIndex)) continue;
            bool isThere = string.Equals(link.NetworkNamespace ?? string.Empty, wanted ?? string.Empty, StringComparison.Ordinal);
            if (isThere) return i;
            if (found < 0 && !reference.IsNamespaceKnown) found = i;
        }

        if (found >= 0) return found;
        if (IsWord(reference, HostWord) || Fits(reference, scene.Lower.Name, scene.Lower.InterfaceIndex)) return scene.Host;
        if (IsWord(reference, OutsideWord)) return scene.Outside;
        if (reference.IsNumber && scene.Links.Select(l => l.Name).Append(scene.Lower.Name).Contains(reference.ToString())) return Place(scene, new LinkReference(reference.ToString()));
        throw NotThere(scene, reference);
    }

    /// <summary>The places to send from and to watch, for one question.</summary>
    private protected static void ThrowIfNotCovered(ReachabilityProbe probe, ForwardingScene scene, int endpoint)
    {
        if (probe.Covers(endpoint)) return;
        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"{scene.NameOf(endpoint)} cannot be probed: no host behind {scene.Lower.Name} is on this machine.",
            "Leave -Probe out, or send from the other host.",
            scene.NameOf(endpoint));
    }

    private MacvtapException NotThere(ForwardingScene scene, LinkReference reference)
    {
        string names = string.Join(", ", scene.Links.Select(l => l.Name).Append(HostWord).Append(OutsideWord));
        LinkSession session = Session(reference.IsNamespaceKnown ? reference.NetworkNamespace : NetworkNamespace);
        Link other = LinkSelection.ByReference(session.Reader, reference, FailureId.LinkNotFound);
        return new MacvtapException(
            FailureId.ParameterInvalid,
            $"{other.Name} is not a link of {scene.Lower.Name}: between different lower devices only the switch decides.",
            $"Name one of {names}; and ask for both ways to and from Outside where the links have different lower devices.",
            other);
    }

    private static bool Fits(LinkReference reference, string name, int index) =>
        (reference.InterfaceIndex is null || reference.InterfaceIndex == index) && (reference.Name is null || reference.Name == name);

    private static bool IsWord(LinkReference reference, string word) => reference.InterfaceIndex is null && string.Equals(reference.Name, word, StringComparison.OrdinalIgnoreCase);
}
