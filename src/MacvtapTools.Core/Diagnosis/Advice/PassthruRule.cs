using MacvtapTools.Failures;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A passthru link takes all that comes in for the lower device: the host loses its unicast there.</summary>
internal sealed class PassthruRule() : AdviceRule(LinkAdviceTopic.PassthruHostAddress)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink { Mode: LinkMode.Passthru } own || view.LowerOf(own) is not { } lower || view.AddressesOf(lower) is not { Count: > 0 } addresses) return null;

        // An IPv6 link-local address of itself serves nobody.
        LinkAddress[] real = [.. addresses.Where(a => a is not { Family: IPFamily.IPv6, Scope: AddressScope.Link })];
        if (real.Length == 0) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            $"The host has {string.Join<LinkAddress>(", ", real)} on {lower.Name}, and a passthru link takes all unicast of it: the host does not receive there.",
            $"Give the host another device, or take mode Bridge: {own.Command("Remove-Link")}, {ChangeCauses.Creation(own)} -Mode Bridge{CommandText.Place(own.NetworkNamespace)} (passthru cannot be changed).",
            [.. real.Select(a => $"{lower.Name}: {a}")]);
    }
}
