using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Makes bridges: switches inside the kernel.</summary>
[Cmdlet(VerbsCommon.New, "BridgeLink", SupportsShouldProcess = true)]
[OutputType(typeof(BridgeLink))]
public sealed class NewBridgeLinkCommand : KernelCmdlet
{
    /// <summary>The names of the bridges.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The MAC address. Without one the bridge takes the lowest of its ports'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NewMacAddressCompleter))]
    public string? MacAddress { get; set; }

    /// <summary>The MTU in bytes, 68 to 65535. Without one the bridge takes the lowest of its ports'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? Mtu { get; set; }

    /// <summary>Runs the spanning tree protocol.</summary>
    [Parameter]
    [Alias("Stp")]
    public SwitchParameter SpanningTree { get; set; }

    /// <summary>How long a port listens and learns before it forwards: a time, or a number of seconds, 2 to 30; 0 to 30 without the spanning tree. The kernel's default is 15.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? ForwardDelay { get; set; }

    /// <summary>How long a learned address is kept: a time, or a number of seconds. The kernel's default is 300 seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? AgeingTime { get; set; }

    /// <summary>Whether multicast goes only where it was asked for (snooping). The kernel's default is yes.</summary>
    [Parameter]
    public bool? MulticastSnooping { get; set; }

    /// <summary>Switches the bridge on.</summary>
    [Parameter]
    public SwitchParameter Up { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name) Attempt(name, () => Create(name));
    }

    private void Create(string name)
    {
        LinkName.ThrowIfInvalid(name);
        LinkSession session = Session();
        var link = new LinkSettings { Name = name, Address = string.IsNullOrEmpty(MacAddress) ? null : MacAddressText.Parse(MacAddress), Mtu = (uint?)Mtu, Up = Up };
        var kind = new BridgeSettings
        {
            StpState = MyInvocation.BoundParameters.ContainsKey(nameof(SpanningTree)) ? (SpanningTree ? 1u : 0u) : null,
            ForwardDelay = BridgeTime.Centiseconds(nameof(ForwardDelay), ForwardDelay),
            AgeingTime = BridgeTime.Centiseconds(nameof(AgeingTime), AgeingTime),
            MulticastSnooping = MulticastSnooping is { } snooping ? (byte)(snooping ? 1 : 0) : null,
        };
        try
        {
            if (!Proceed($"bridge {name}", $"Create{(Up ? ", switched on" : string.Empty)}", () => OtherKindPreflight.CheckBridge(link, LinkSnapshot.Take(session)))) return;
            Link made = session.Reader.Name(session.Creator.Create(link, kind));
            WriteObject(made);
            if (made is BridgeLink bridge) ReportDifferences(made, BridgeReadBack.Compare(kind, bridge));
        }
        catch (KernelException failure)
        {
            throw OtherKindCauses.Explain(failure, BridgeSettings.Bridge, [name], Mtu, session.Reader);
        }
    }
}
