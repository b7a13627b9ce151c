using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>Makes bridges: switches inside the kernel.</summary>
[Cmdlet(VerbsCommon.New, "BridgeLink", SupportsShouldProcess = true)]
[OutputType(typeof(BridgeLink))]
public sealed class NewBridgeLinkCommand : KernelCmdlet
{
    private const double CentisecondsPerSecond = 100;

    /// <summary>The names of the bridges.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The MAC address. Without one the bridge takes the lowest of its ports'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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
        if (!ShouldProcess($"bridge {name}", $"Create{(Up ? ", switched on" : string.Empty)}")) return;
        var link = new LinkSettings { Name = name, Address = string.IsNullOrEmpty(MacAddress) ? null : MacAddressText.Parse(MacAddress), Mtu = (uint?)Mtu, Up = Up };
        var kind = new BridgeSettings
        {
            StpState = MyInvocation.BoundParameters.ContainsKey(nameof(SpanningTree)) ? (SpanningTree ? 1u : 0u) : null,
            ForwardDelay = Centiseconds(nameof(ForwardDelay), ForwardDelay),
            AgeingTime = Centiseconds(nameof(AgeingTime), AgeingTime),
            MulticastSnooping = MulticastSnooping is { } snooping ? (byte)(snooping ? 1 : 0) : null,
        };
        try
        {
            Link made = session.Reader.Name(session.Creator.Create(link, kind));
            WriteObject(made);
            if (made is BridgeLink bridge) ReportDifferences(made, BridgeReadBack.Compare(kind, bridge));
        }
        catch (KernelException failure)
        {
            throw OtherKindCauses.Explain(failure, BridgeSettings.Bridge, [name], Mtu, session.Reader);
        }
    }

    private static uint? Centiseconds(string parameter, TimeSpan? time)
    {
        if (time is not { } value) return null;
        double count = Math.Round(value.TotalSeconds * CentisecondsPerSecond);
        return count is >= 0 and <= int.MaxValue
            ? (uint)count
            : throw new MacvtapException(FailureId.ParameterInvalid, $"-{parameter} {value} is not a time that the kernel can keep.", "Give a number of seconds from 0 on.", value);
    }
}
