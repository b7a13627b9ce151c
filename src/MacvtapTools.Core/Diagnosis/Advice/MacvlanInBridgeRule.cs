namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A macvlan takes frames for its own address only: whoever is behind its bridge has another one.</summary>
internal sealed class MacvlanInBridgeRule() : AdviceRule(LinkAdviceTopic.MacvlanInBridge)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view) =>
        link is MacvlanLink { Mode: not LinkMode.Passthru, Master: { } master, Record.Port: not null } own
            ? new AdviceFinding(
                LinkAdviceSeverity.Warning,
                $"It is a port of {master}, and takes only frames for its own address: unicast for those behind {master} does not come in.",
                $"Put its lower device into the bridge instead (Add-BridgePort), or take mode Passthru, which takes everything.",
                $"{own.Name}: mode {own.Mode}, port of {master}")
            : null;
}
