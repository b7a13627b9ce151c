namespace MacvtapTools.Diagnosis.Advice;

/// <summary>The transmit queue length of a macvtap is the room of the guest's queue: 0 drops all.</summary>
internal sealed class TransmitQueueRule() : AdviceRule(LinkAdviceTopic.TransmitQueueZero)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvtapLink { TransmitQueueLength: 0 }
            ? new AdviceFinding(LinkAdviceSeverity.Error, "Its transmit queue length is 0: every frame for the guest is dropped.", link.Command("Set-Link", "-TransmitQueueLength 1000"), "transmit queue length 0")
            : null;
}
