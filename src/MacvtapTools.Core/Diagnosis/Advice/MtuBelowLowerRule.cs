namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Lowering a lower device's MTU lowers that of its links; raising it does not bring theirs back.</summary>
internal sealed class MtuBelowLowerRule() : AdviceRule(LinkAdviceTopic.MtuBelowLower)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvlanLink own && view.LowerOf(own) is { } lower && own.Mtu < lower.Mtu
            ? new AdviceFinding(
                LinkAdviceSeverity.Information,
                $"The MTU of {own.Mtu} is below the {lower.Mtu} of {lower.Name}: it was lowered, or stayed when the lower device's was raised.",
                own.Command("Set-Link", $"-Mtu {lower.Mtu}"),
                $"{own.Name}: {own.Mtu}",
                $"{lower.Name}: {lower.Mtu}")
            : null;
}
