namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Broadcasts that found the queue full are counted as dropped by the lower device (macvlan_broadcast_enqueue), among others.</summary>
internal sealed class BroadcastDropRule() : AdviceRule(LinkAdviceTopic.BroadcastDrops)
{
    private const int DefaultLength = 1000; // MACVLAN_DEFAULT_BC_QUEUE_LEN
    private const ulong Few = 100;
    private const ulong Share = 100;

    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink own || own.BroadcastQueueLengthUsed is not { } length || view.LowerOf(own) is not { Statistics: { } counters } lower) return null;

        // A few drops are everyday: frames of protocols that the host does not know count too.
        if (counters.ReceiveDropped < Few || counters.ReceiveDropped * Share < counters.ReceivedPackets) return null;
        return new AdviceFinding(
            length < DefaultLength ? LinkAdviceSeverity.Warning : LinkAdviceSeverity.Information,
            $"{lower.Name} dropped {counters.ReceiveDropped} frames; broadcasts that found the queue of {length} full are among them.",
            $"{own.Command("Set-Link", $"-BroadcastQueueLength {Math.Max(DefaultLength, length) * 2}")}; {lower.Command("Measure-LinkRate")} tells whether it goes on.",
            $"{lower.Name}: {counters.ReceiveDropped} of {counters.ReceivedPackets} dropped; queue in use: {length}");
    }
}
