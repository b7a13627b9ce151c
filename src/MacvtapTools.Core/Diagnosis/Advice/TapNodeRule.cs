namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A macvtap whose node is missing, or another device.</summary>
internal sealed class TapNodeRule() : AdviceRule(LinkAdviceTopic.TapNode)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvtapLink tap || view.TapOf(tap) is not { } device) return null;
        string evidence = $"{device.Path}: {device.State}, the link's device is {device.Major}:{device.Minor}";
        return device.State switch
        {
            TapDeviceState.Missing => new AdviceFinding(LinkAdviceSeverity.Warning, $"There is no node {device.Path}: no guest can open it by path.", tap.Command("Repair-TapDevice"), evidence),
            TapDeviceState.Shadowed => new AdviceFinding(LinkAdviceSeverity.Error, $"{device.Path} is another device: who opens it gets another link's frames.", tap.Command("Repair-TapDevice"), evidence),
            TapDeviceState.NotADevice => new AdviceFinding(LinkAdviceSeverity.Error, $"{device.Path} is no device.", tap.Command("Repair-TapDevice"), evidence),
            _ => null,
        };
    }
}
