namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A link that is on and has no carrier.</summary>
internal sealed class CarrierRule() : AdviceRule(LinkAdviceTopic.NoCarrier)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (!IsUp(link) || link.Carrier != false || link is not (MacvlanLink or VethLink or PhysicalLink)) return null;
        if (link is MacvlanLink own)
        {
            Link? lower = view.LowerOf(own);
            if (lower is not null && !IsUp(lower)) return null; // told by another rule
            return new AdviceFinding(
                LinkAdviceSeverity.Error,
                $"It has no carrier{(own.ProtocolDown == true ? ": it is held down (protodown)" : lower is null ? string.Empty : $", because {lower.Name} has none")}: no frame passes, between links in bridge mode neither.",
                own.ProtocolDown == true ? own.Command("Set-Link", "-ProtocolDown $false") : lower is TapLink ? $"{lower.Name} has a carrier only while a program has it open: start that program, or hold it open: {lower.Command("Open-TapDevice")}" : lower is VethLink pair && view.PeerOf(pair) is { } far && !IsUp(far) ? far.Command("Enable-Link") : "Plug the cable in, or switch the other end on.",
                $"{own.Name}: {own.Status}");
        }

        string advice = link is VethLink veth && view.PeerOf(veth) is { } peer && !IsUp(peer) ? peer.Command("Enable-Link") : "Plug the cable in, or switch the other end on.";
        return new AdviceFinding(LinkAdviceSeverity.Warning, "It has no carrier: nothing is at the other end, or it is switched off.", advice, $"{link.Name}: {link.Status}");
    }
}
