using MacvtapTools.Diagnosis.Host;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Another link of any network namespace that has the same MAC address.</summary>
internal sealed class DuplicateAddressRule() : AdviceRule(LinkAdviceTopic.DuplicateMacAddress)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink { MacAddress: { } address } || !view.SharedAddresses.TryGetValue(address, out PlacedLink[]? clash) || !clash.Any(l => IsSame(l, link, view))) return null;
        string[] others = [.. clash.Where(l => !IsSame(l, link, view)).Select(l => l.Link.Name + l.Place.Place)];
        if (others.Length == 0) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            $"{string.Join(", ", others)} has the same MAC address {link.MacAddress}: on one network a switch sends the frames for both to the one that was heard last.",
            $"{link.Command("Set-Link", "-MacAddress ADDRESS")} gives it another.",
            [.. clash.Select(l => $"{l.Link.Name}{l.Place.Place}: {l.Link.MacAddress}")]);
    }

    private static bool IsSame(PlacedLink one, Link link, IAdviceView view) => one.Link.InterfaceIndex == link.InterfaceIndex && one.Link.Name == link.Name && ReferenceEquals(one.Place, view.Own);
}
