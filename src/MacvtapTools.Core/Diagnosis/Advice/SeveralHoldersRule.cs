namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Several processes that have one macvtap open: each descriptor is a queue, and each gets a share of the frames.</summary>
internal sealed class SeveralHoldersRule() : AdviceRule(LinkAdviceTopic.SeveralHolders)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvtapLink tap || view.TapOf(tap) is not { Holder: { Count: > 1 } holders }) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            $"{holders.Count} processes have its tap device open: where they do not share a queue, each gets only a share of the frames, by flow.",
            $"{tap.Command("Get-TapDevice", "-Detail")} tells the queues; end the one that is not the guest (to watch, Watch-LinkFrame takes nothing away).",
            [.. holders.Select(h => $"{h}: {h.DescriptorCount} descriptors{(h.QueueCount is { } queues ? $", {queues} queues" : string.Empty)}")]);
    }
}
