namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Frames for a guest that found no room in its queue, or nobody who reads.</summary>
internal sealed class FrameDropRule() : AdviceRule(LinkAdviceTopic.FrameDrops)
{
    private const ulong Few = 100;
    private const ulong Share = 100;

    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvtapLink { Statistics: { } counters } || counters.ReceiveDropped < Few || counters.ReceiveDropped * Share < counters.ReceivedPackets) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            $"{counters.ReceiveDropped} frames for the guest were dropped: its queue was full, or nobody had the tap device open.",
            link.TransmitQueueLength == 0
                ? $"{link.Command("Set-Link", "-TransmitQueueLength 1000")} makes room."
                : $"{link.Command("Set-Link", $"-TransmitQueueLength {Math.Max(1000, link.TransmitQueueLength * 2)}")} makes more room; a guest with several queues reads faster.",
            $"{counters.ReceiveDropped} of {counters.ReceivedPackets} dropped; transmit queue length {link.TransmitQueueLength}");
    }
}
