using MacvtapTools.Failures;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Hairpin is on, and the port is isolated or floods not: what should return does not.</summary>
internal sealed class RelayIneffectiveRule() : AdviceRule(LinkAdviceTopic.RelayIneffective)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink { Mode: LinkMode.Vepa or LinkMode.Bridge } own || !IsUp(own)) return null;
        if (view.SceneOf(own) is not { Switch: { Behaviour: SwitchBehaviour.ReflectiveRelay, Port: { } port } behind }) return null;
        if (behind.Settings.IsIsolated) return Finding("it is isolated, and an isolated port returns nothing", CommandText.For("Set-BridgePort", port, behind.NetworkNamespace, "-Isolated $false"), "isolated on");
        if (!behind.Settings.FloodsBroadcast) return Finding("it floods no broadcasts, so ARP does not return", CommandText.For("Set-BridgePort", port, behind.NetworkNamespace, "-BroadcastFlood $true"), "broadcast flood off");
        return null;

        AdviceFinding Finding(string why, string advice, string evidence) => new(LinkAdviceSeverity.Warning, $"Port {port} of {behind.Bridge} has hairpin on, without its effect: {why}.", advice, $"{port}: {evidence}");
    }
}
