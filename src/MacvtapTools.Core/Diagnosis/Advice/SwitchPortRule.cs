using MacvtapTools.Failures;
using MacvtapTools.Forwarding;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>The port of the bridge behind the lower device does not forward: nothing gets further.</summary>
internal sealed class SwitchPortRule() : AdviceRule(LinkAdviceTopic.SwitchPortState)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink own || !IsUp(own) || own.Carrier == false || view.SceneOf(own) is not { Switch: { Port: { } port, Bridge: { } bridge } behind } || behind.State == BridgePortState.Forwarding) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Error,
            $"Port {port} of {bridge} behind its lower device does not forward: nothing gets further than there.",
            $"{RemedyText.LetForward(behind) ?? "Wait until the spanning tree has settled, or look for a loop."}{(behind.Backend == BridgeBackend.OpenVswitch ? $"; ovs-vsctl list interface {CommandText.Word(port)} says what Open vSwitch sees." : string.Empty)}",
            $"{port}: {behind.State}");
    }
}
