namespace MacvtapTools.Diagnosis.Advice;

/// <summary>What is longer than the other end of a veth pair takes is dropped there without a word.</summary>
internal sealed class MtuAbovePeerRule() : AdviceRule(LinkAdviceTopic.MtuAbovePeer)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        VethLink? plug = link switch { VethLink veth => veth, MacvlanLink own => view.LowerOf(own) as VethLink, _ => null };
        if (plug is null || view.PeerOf(plug) is not { } peer || link.Mtu <= peer.Mtu) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Warning,
            $"The MTU of {link.Mtu} is above the {peer.Mtu} of {peer.Name} at the other end of {plug.Name}: longer packets are dropped there.",
            $"{link.Command("Set-Link", $"-Mtu {peer.Mtu}")}, or {peer.Command("Set-Link", $"-Mtu {link.Mtu}")}",
            $"{link.Name}: {link.Mtu}",
            $"{peer.Name}: {peer.Mtu}");
    }
}
