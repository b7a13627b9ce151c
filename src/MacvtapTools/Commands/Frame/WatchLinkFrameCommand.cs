using System.Management.Automation;
using MacvtapTools.Frames;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Watches the frames that links of any kind receive and send. Copies them and takes none away.</summary>
[Cmdlet(VerbsCommon.Watch, "LinkFrame", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(EthernetFrame), typeof(FrameCapture))]
public sealed class WatchLinkFrameCommand : FrameStreamCmdlet
{
    private const int Megabyte = 1 << 20;

    /// <summary>Only frames that the link receives (In), or that the host sends on it (Out).</summary>
    [Parameter]
    public FrameDirection Direction { get; set; }

    /// <summary>Let the link take in frames for other receivers too, as long as they are watched.</summary>
    [Parameter]
    public SwitchParameter Promiscuous { get; set; }

    /// <summary>How much room the kernel has for frames that wait, in megabytes for each link: 1 to 1024.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int BufferSize { get; set; } = 16;

    private protected override FrameDirection WantedDirection => Direction;

    private protected override string DroppedAdvice => " Narrow down what is asked for, write to a file, or give more room with -BufferSize.";

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, bool isPattern) => Add(PacketSource.Open(session, link, BufferSize * Megabyte, Promiscuous));

    /// <inheritdoc/>
    private protected override void ProcessObject(Link value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value), false);
    }
}
