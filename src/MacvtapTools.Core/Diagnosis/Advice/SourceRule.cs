namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A link in source mode with an empty list.</summary>
internal sealed class SourceRule() : AdviceRule(LinkAdviceTopic.SourceWithoutAddress)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvlanLink { Mode: LinkMode.Source, SourceAddress.Count: 0 }
            ? new AdviceFinding(
                LinkAdviceSeverity.Error,
                "It is in source mode and its list is empty: it receives from nobody.",
                link.Command("Add-LinkSourceAddress", "-SourceAddress 52:54:00:12:34:56"),
                "mode Source, 0 addresses")
            : null;
}
