using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Frames;

namespace MacvtapTools.Commands;

/// <summary>Makes Ethernet frames: of their parts, or of bytes.</summary>
[Cmdlet(VerbsCommon.New, "EthernetFrame", DefaultParameterSetName = Parts)]
[OutputType(typeof(EthernetFrame))]
public sealed class NewEthernetFrameCommand : ModuleCmdlet
{
    private const string Parts = "Parts";
    private const string Whole = nameof(Bytes);

    /// <summary>The sender's MAC address.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Parts)]
    public string Source { get; set; } = string.Empty;

    /// <summary>The receiver's MAC address; to all where it is left out.</summary>
    [Parameter(Position = 1, ParameterSetName = Parts)]
    public string Destination { get; set; } = "ff:ff:ff:ff:ff:ff";

    /// <summary>The type: a name such as IPv4, or a number. 0x88b5, which is free for experiments, where it is left out.</summary>
    [Parameter(Position = 2, ParameterSetName = Parts)]
    [ArgumentCompleter(typeof(EtherTypeCompleter))]
    public string Type { get; set; } = "0x88b5";

    /// <summary>What the frame carries: bytes or hex text.</summary>
    [Parameter(Position = 3, ParameterSetName = Parts)]
    [AllowNull]
    public object? Payload { get; set; }

    /// <summary>The VLAN, 0 to 4095. No tag where it and the priority are left out.</summary>
    [Parameter(ParameterSetName = Parts)]
    [ValidateRange(0, 4095)]
    public int VlanId { get; set; }

    /// <summary>The priority in the VLAN tag, 0 to 7.</summary>
    [Parameter(ParameterSetName = Parts)]
    [ValidateRange(0, 7)]
    public int VlanPriority { get; set; }

    /// <summary>Fill the frame with zeros to 60 bytes, the least on a wire.</summary>
    [Parameter(ParameterSetName = Parts)]
    public SwitchParameter Pad { get; set; }

    /// <summary>Whole frames: bytes or hex text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Whole, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] Bytes { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == Whole) FrameArgument.RefuseSingleByte(this, Bytes);
        Attempt(ParameterSetName == Whole ? Bytes : null, Make);
    }

    private void Make()
    {
        if (ParameterSetName == Whole)
        {
            foreach (EthernetFrame frame in FrameArgument.Frames(Bytes)) WriteObject(frame);
            return;
        }

        bool isTagged = MyInvocation.BoundParameters.ContainsKey(nameof(VlanId)) || MyInvocation.BoundParameters.ContainsKey(nameof(VlanPriority));
        VlanTag? tag = isTagged ? new VlanTag(EtherType.Vlan, (ushort)((VlanPriority << 13) | VlanId)) : null;
        byte[] payload = FrameArgument.Bytes(Payload);
        if (payload.Length > TapSource.LongestFrame)
            throw new MacvtapException(FailureId.FrameInvalid, $"A payload of {payload.Length} bytes is too long.", $"{TapSource.LongestFrame} bytes are the most that the kernel passes on.", null);
        WriteObject(FrameBuilder.Build(Source, Destination, FrameBuilder.Type(Type), payload, tag, Pad));
    }
}
