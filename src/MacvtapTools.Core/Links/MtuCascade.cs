using MacvtapTools.Links.Changes;

namespace MacvtapTools.Links;

/// <summary>
/// The order in which a lower device and its macvlans and macvtaps get another MTU. A link may not have more than its lower device: on the way up the lower
/// device goes first, on the way down the links do (the kernel would drag them down, and never back up).
/// </summary>
internal static class MtuCascade
{
    /// <summary>The changes for the whole family of a link.</summary>
    /// <param name="lower">The lower device.</param>
    /// <param name="children">Its macvlans and macvtaps.</param>
    /// <param name="mtu">The MTU in bytes.</param>
    internal static IReadOnlyList<LinkChange> Plan(Link lower, IEnumerable<Link> children, int mtu)
    {
        List<LinkChange> links = [.. children.Where(c => c.Mtu != mtu).Select(c => NumberChange.Mtu(c, mtu))];
        if (lower.Mtu == mtu) return links;
        NumberChange device = NumberChange.Mtu(lower, mtu);
        return mtu > lower.Mtu ? [device, .. links] : [.. links, device];
    }

    /// <summary>The changes when a link alone gets a lower MTU: those on it that have more come along whatever one does, and go first.</summary>
    /// <param name="lower">The link.</param>
    /// <param name="children">The macvlans and macvtaps on it.</param>
    /// <param name="mtu">The MTU in bytes, below that of the link.</param>
    internal static IReadOnlyList<LinkChange> PlanLowering(Link lower, IEnumerable<Link> children, int mtu) =>
        [.. children.Where(c => c.Mtu > mtu).Select(c => NumberChange.Mtu(c, mtu)), NumberChange.Mtu(lower, mtu)];
}
