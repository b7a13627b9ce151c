namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A macvtap lets in only the groups that the host joined on it: of the guest's own it knows nothing.</summary>
internal sealed class GuestMulticastRule() : AdviceRule(LinkAdviceTopic.GuestMulticast)
{
    /// <summary>IPv6 groups of neighbour discovery, ff02::1:ffXX:XXXX, as MAC addresses (RFC 4291, RFC 2464).</summary>
    private const string SolicitedNode = "33:33:ff:";

    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        // What a source list lets in passes no filter of groups (macvlan_forward_source).
        if (link is not MacvtapLink { Mode: not LinkMode.Source } tap || !IsUp(tap)) return null;
        if (tap.AllMulticast > 0 || tap.Promiscuity > 0 || (tap.Flags & (InterfaceFlag.AllMulticast | InterfaceFlag.Promiscuous)) != 0) return null;
        IReadOnlyList<LinkMulticastGroup> groups = view.GroupsOf(tap);
        if (groups.Any(g => g.IsStatic == true && g.MacAddress.StartsWith(SolicitedNode, StringComparison.Ordinal))) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            "IPv6 neighbour discovery and multicast do not reach the guest: the link lets in only the groups that the host joined on it.",
            $"{tap.Command("Set-Link", "-AllMulticast $true")} lets all in; Add-LinkMulticastGroup lets single ones in, such as the guest's solicited-node group.",
            $"all-multicast off; groups: {(groups.Count == 0 ? "none" : string.Join(", ", groups))}");
    }
}
