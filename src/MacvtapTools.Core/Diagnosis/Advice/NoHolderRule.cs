namespace MacvtapTools.Diagnosis.Advice;

/// <summary>A macvtap that is on, and no process has it open: what comes in is dropped.</summary>
internal sealed class NoHolderRule() : AdviceRule(LinkAdviceTopic.NoHolder)
{
    /// <inheritdoc/>
    internal override AdviceFinding? Look(Link link, IAdviceView view)
    {
        if (link is not MacvtapLink tap || !IsUp(tap) || view.TapOf(tap) is not { Holder: { Count: 0 } } device) return null;
        return new AdviceFinding(
            LinkAdviceSeverity.Information,
            view.SeesEveryHolder ? "No process has its tap device open: what comes in is dropped." : "No process that can be seen from here has its tap device open.",
            $"Start-TapProcess starts a guest with it; {tap.Command("Remove-Link")} removes it where no guest is to come.",
            view.SeesEveryHolder ? $"{device.Path}: nobody, of all processes" : $"{device.Path}: nobody, of the processes that may be looked into (CAP_SYS_PTRACE, and sight of all processes)");
    }
}
