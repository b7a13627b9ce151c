namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A link whose lower device is switched off; links in bridge mode do not reach each other either.</summary>
internal sealed class LowerDeviceDownRule() : AdviceRule(LinkAdviceTopic.LowerDeviceDown)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvlanLink own && view.LowerOf(own) is { } lower && !IsUp(lower)
            ? new AdviceFinding(LinkAdviceSeverity.Error, $"Its lower device {lower.Name} is switched off: no frame passes, between links in bridge mode neither.", lower.Command("Enable-Link"), $"{lower.Name}: {lower.Status}")
            : null;
}
