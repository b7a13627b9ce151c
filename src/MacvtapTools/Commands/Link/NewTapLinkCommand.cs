using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Commands;

/// <summary>Makes classic tun and tap links that stay until they are removed, as ip tuntap add does.</summary>
[Cmdlet(VerbsCommon.New, "TapLink", SupportsShouldProcess = true)]
[OutputType(typeof(TapLink))]
public sealed class NewTapLinkCommand : KernelCmdlet
{
    private const int MostQueues = 256; // MAX_TAP_QUEUES in include/linux/if_tap.h

    /// <summary>The names of the new links, 1 to 15 bytes each. The kernel picks one (tap0, tun0 and so on) where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>What it carries: Ethernet frames (Tap) or IP packets (Tun).</summary>
    [Parameter]
    public TapMode Mode { get; set; } = TapMode.Tap;

    /// <summary>The user that may attach to it without any capability: a name or a number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string? Owner { get; set; }

    /// <summary>The users' group whose members may attach to it: a name or a number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string? Group { get; set; }

    /// <summary>Lets several descriptors attach, each a queue.</summary>
    [Parameter]
    public SwitchParameter MultiQueue { get; set; }

    /// <summary>How many descriptors will attach, 1 to 256. More than 1 means MultiQueue; the queues themselves come with those who open them.</summary>
    [Parameter]
    [ValidateRange(1, MostQueues)]
    public int? QueueCount { get; set; }

    /// <summary>A vnet header (offloads, checksums) in front of each frame. Whoever attaches says it anew, and that counts from then on.</summary>
    [Parameter]
    public SwitchParameter VnetHeader { get; set; }

    /// <summary>Four bytes of packet information in front of each frame. Whoever attaches says it anew, and that counts from then on.</summary>
    [Parameter]
    public SwitchParameter PacketInformation { get; set; }

    /// <summary>The MAC address of a tap, in any usual spelling. The kernel makes one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Address")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string? MacAddress { get; set; }

    /// <summary>The MTU in bytes, 68 to 65521 for a tap and to 65535 for a tun. 1500 where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MtuCompleter))]
    public int? Mtu { get; set; }

    /// <summary>The interface index to have.</summary>
    [Parameter]
    [Alias("ifIndex")]
    public int? InterfaceIndex { get; set; }

    /// <summary>Free text for the link, up to 255 bytes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Alias { get; set; }

    /// <summary>Switches the link on. It has a carrier as soon as something attaches.</summary>
    [Parameter]
    public SwitchParameter Up { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? [null!]) Attempt(name, () => Create(name));
    }

    private void Create(string? name)
    {
        TapSpecification wanted = Specify(name);
        if (name is not null) LinkName.ThrowIfInvalid(name);
        LinkSession session = Session();
        string place = session.Reader.NetworkNamespace is { } known ? $" (network namespace {known})" : string.Empty;
        string change = $"Create{(wanted.MacAddress is { } address ? $", MAC address {address}" : string.Empty)}{(Up ? ", switched on" : string.Empty)}";
        try
        {
            if (!Proceed($"{wanted.Label}{place}", change, () => OtherKindPreflight.CheckTap(wanted, LinkSnapshot.Take(session)))) return;
            Link? made = session.TapCreator.Create(wanted, out LinkEditFailure? failed);
            if (failed is not null) throw TapCreationCauses.Explain(failed, wanted, session.Reader);
            WriteObject(made);
        }
        catch (KernelException failure)
        {
            throw TapCreationCauses.Explain(failure, wanted, session.Reader);
        }
    }

    private TapSpecification Specify(string? name)
    {
        bool isSaid = MyInvocation.BoundParameters.ContainsKey(nameof(MultiQueue));
        if (isSaid && !MultiQueue && QueueCount > 1)
            throw new MacvtapException(FailureId.ParameterInvalid, $"{QueueCount} queues need -MultiQueue, and it was switched off.", "Leave -MultiQueue out.", name);
        return new TapSpecification
        {
            Name = name,
            Mode = Mode,
            Owner = Id(Owner, AccountNames.UserId, "user"),
            Group = Id(Group, AccountNames.GroupId, "group"),
            MultiQueue = MultiQueue || QueueCount > 1,
            VnetHeader = VnetHeader,
            PacketInformation = PacketInformation,
            InterfaceIndex = InterfaceIndex,
            MacAddress = string.IsNullOrEmpty(MacAddress) ? null : MacAddress,
            Mtu = Mtu,
            Alias = string.IsNullOrEmpty(Alias) ? null : Alias,
            Up = Up,
        };
    }

    private static uint? Id(string? text, Func<string, uint?> find, string what) => string.IsNullOrEmpty(text)
        ? null
        : find(text) ?? throw new MacvtapException(FailureId.ParameterInvalid, $"There is no {what} '{text}'.", $"Give the name of a {what} that getent {(what == "user" ? "passwd" : "group")} knows, or a number.", text);
}
