namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A node that everybody may open.</summary>
internal sealed class WorldAccessRule() : AdviceRule(LinkAdviceTopic.WorldAccess)
{
    private const int FirstOfOthers = 6;

    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvtapLink tap || view.TapOf(tap) is not { State: TapDeviceState.Ready or TapDeviceState.NoAccess, Permission: { Length: 9 } permission } device) return null;
        if (permission[FirstOfOthers] != 'r' && permission[FirstOfOthers + 1] != 'w') return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Error,
            $"Everybody may open {device.Path}: any user can read the guest's frames and send in its name.",
            $"{tap.Command("Revoke-TapDevice", "-Everyone")}; Grant-TapDevice lets single users and groups in.",
            $"{device.Path}: {permission} {device.Owner} {device.Group}");
    }
}
