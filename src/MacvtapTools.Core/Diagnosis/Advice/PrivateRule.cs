using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Protection;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Private mode blocks broadcasts; unicast of siblings that a reflective relay returns is delivered, as the model has it, unless the link is isolated.</summary>
internal sealed class PrivateRule() : AdviceRule(LinkAdviceTopic.PrivateNotIsolated)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink { Mode: LinkMode.Private } own || !IsUp(own) || view.SceneOf(own) is not { } scene) return null;
        int place = ScenePlace.Of(scene, own);
        if (place < 0) return null;
        var model = new ForwardingModel(scene, MacNumber.Broadcast);
        for (int other = 0; other < scene.Host; other++)
        {
            if (other == place) continue;
            Verdict verdict = model.Decide(other, place, TrafficKind.Unicast);
            if (verdict.Reachable != Reachability.Delivered) continue;
            ProtectionRules rules = (scene.Links[place].Guard.Rules ?? new ProtectionRules()) with { Isolate = true };
            return new AdviceFinding(
                LinkAdviceSeverity.Warning,
                $"Private mode does not isolate here: a reflective relay behind {scene.Lower.Name} returns unicast, and {scene.NameOf(other)} reaches it.",
                $"{CommandText.For("Protect-Link", own.Name, own.NetworkNamespace, rules.Parameters())}{(scene.Switch.Port is { } port ? $", or {CommandText.For("Disable-Hairpin", port, scene.Switch.NetworkNamespace)}" : string.Empty)}; private blocks only broadcasts.",
                $"{scene.NameOf(other)} to {own.Name}, unicast: {verdict.Reachable} ({verdict.Rule})");
        }

        return null;
    }
}
