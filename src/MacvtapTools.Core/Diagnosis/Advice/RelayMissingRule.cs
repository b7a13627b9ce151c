using MacvtapTools.Failures;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Vepa links send everything out: without a reflective relay they reach neither each other nor the host.</summary>
internal sealed class RelayMissingRule() : AdviceRule(LinkAdviceTopic.RelayMissing)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvlanLink { Mode: LinkMode.Vepa } own || !IsUp(own) || view.SceneOf(own) is not { } scene) return null;

        // Where it cannot be seen nothing is known, and one link alone can be meant for outside only.
        if (scene.Switch is not { Behaviour: SwitchBehaviour.Plain or SwitchBehaviour.None, Uncertainty: null } || scene.Links.Count < 2) return null;
        return scene.Switch is { Behaviour: SwitchBehaviour.Plain, Port: { } port, Bridge: { } bridge }
            ? new AdviceFinding(
                LinkAdviceSeverity.Warning,
                $"There is no reflective relay behind {scene.Lower.Name}: vepa links reach neither each other nor the host. Port {port} of {bridge} has hairpin off.",
                CommandText.For("Enable-Hairpin", port, scene.Switch.NetworkNamespace),
                $"{port}: hairpin off")
            : new AdviceFinding(
                LinkAdviceSeverity.Warning,
                $"There is no switch behind {scene.Lower.Name} that could return frames: vepa links reach neither each other nor the host.",
                $"{own.Command("Set-LinkMode", "-Mode Bridge")} lets links in bridge mode reach each other.",
                $"{scene.Lower.Name}: no switch");
    }
}
