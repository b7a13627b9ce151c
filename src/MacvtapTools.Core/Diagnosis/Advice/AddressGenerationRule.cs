namespace MacvtapTools.Diagnosis.Advice;

/// <summary>The host makes an IPv6 address on a macvtap when it is switched on.</summary>
internal sealed class AddressGenerationRule() : AdviceRule(LinkAdviceTopic.HostAddressGeneration)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvtapLink { AddressGeneration: not (null or AddressGeneration.None) } tap
            ? new AdviceFinding(
                LinkAdviceSeverity.Information,
                "The host makes an IPv6 address on it whenever it is switched on; the guest makes the same one of the same MAC address.",
                tap.Command("Set-Link", "-AddressGeneration None"),
                $"address generation {tap.AddressGeneration}")
            : null;
}
