namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Frames to a macvtap go to its opener: an address that the host has on it is answered by nobody, and an address made of the MAC address is the guest's too.</summary>
internal sealed class HostAddressRule() : AdviceRule(LinkAdviceTopic.HostAddress)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvtapLink tap || view.AddressesOf(tap) is not { Count: > 0 } addresses) return null;
        bool isLinkLocal = addresses.Any(a => a is { Family: IPFamily.IPv6, Scope: AddressScope.Link });
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            $"The host has {string.Join(", ", addresses)} on it: what comes in goes to the guest and never to the host{(isLinkLocal ? "; the guest makes the same link-local address of the same MAC address" : string.Empty)}.",
            isLinkLocal
                ? $"{tap.Command("Set-Link", "-AddressGeneration None")}; {tap.Command("Get-LinkAddress")} | Remove-LinkAddress. An address for the host belongs on a macvlan (New-MacvlanLink)."
                : $"{tap.Command("Get-LinkAddress")} | Remove-LinkAddress. An address for the host belongs on a macvlan (New-MacvlanLink).",
            [.. addresses.Select(a => $"{a} ({a.Scope})")]);
    }
}
