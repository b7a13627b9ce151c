namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A macvlan or macvtap that is switched off.</summary>
internal sealed class LinkDownRule() : AdviceRule(LinkAdviceTopic.LinkDown)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvlanLink && !IsUp(link)
            ? new AdviceFinding(LinkAdviceSeverity.Warning, "It is switched off: nothing comes in, and what a guest writes is dropped.", link.Command("Enable-Link"), $"status {link.Status}")
            : null;
}
