using MacvtapTools.Route;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Each open queue of a tap device is a ring as long as the transmit queue, and above a length the kernel makes none.</summary>
internal sealed class LongTransmitQueueRule() : AdviceRule(LinkAdviceTopic.TransmitQueueTooLong)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvtapLink or TapLink && link.TransmitQueueLength > TransmitRing.Longest
            ? new AdviceFinding(
                LinkAdviceSeverity.Error,
                $"Its transmit queue is longer than {TransmitRing.Longest}: nobody can open the tap device any more.",
                link.Command("Set-Link", "-TransmitQueueLength 1000"),
                $"transmit queue length {link.TransmitQueueLength}")
            : null;
}
