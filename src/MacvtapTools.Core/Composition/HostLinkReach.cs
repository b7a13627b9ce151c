using MacvtapTools.Failures;
using MacvtapTools.Forwarding;

namespace MacvtapTools.Composition;

/// <summary>Which guests will not reach the host's link, as the model has it: what a user is told when the link is made.</summary>
internal static class HostLinkReach
{
    /// <summary>A sentence for each reason, with a command that would help.</summary>
    /// <param name="scene">The lower device with all its links.</param>
    /// <param name="own">The place of the host's link.</param>
    internal static IEnumerable<string> Warnings(ForwardingScene scene, int own)
    {
        // A guest that is off now will be on when it matters.
        var model = new ForwardingModel(scene with { Links = [.. scene.Links.Select(l => l with { IsUp = true, HasCarrier = true })], Lower = scene.Lower with { IsUp = true, HasCarrier = true } }, MacNumber.Broadcast);
        (int Guest, Verdict Verdict, TrafficKind Kind)[] missing = [.. Enumerable.Range(0, scene.Links.Count).Where(guest => guest != own).Select(guest => First(model, guest, own)).Where(m => m.Verdict.Reachable != Reachability.Delivered)];
        SceneLink[] deaf = [.. missing.Where(m => NeedsRelay(m.Verdict)).Select(m => scene.Links[m.Guest])];
        if (deaf.Length > 0)
            yield return $"{string.Join(", ", deaf.Select(Named))} will not reach {scene.Links[own].Name} without a reflective relay: only links in mode Bridge do. {string.Join("; ", deaf.GroupBy(l => l.NetworkNamespace).Select(SetBridge))}";
        foreach ((int guest, Verdict verdict, TrafficKind kind) in missing.Where(m => !NeedsRelay(m.Verdict)))
        {
            var statement = new LinkReachability(model, guest, own, kind);
            string lead = verdict.Reachable == Reachability.Depends ? "may not reach" : "will not reach";
            yield return $"{Named(scene.Links[guest])} {lead} {scene.Links[own].Name}{(kind == TrafficKind.Unicast ? string.Empty : " by broadcasts, such as ARP")}: {statement.Reason}.{(statement.Remedy is { } remedy ? $" {remedy}" : string.Empty)}";
        }
    }

    /// <summary>Unicast, and then broadcast, without which no host finds the other.</summary>
    private static (int Guest, Verdict Verdict, TrafficKind Kind) First(ForwardingModel model, int guest, int own)
    {
        Verdict unicast = model.Decide(guest, own, TrafficKind.Unicast);
        return unicast.Reachable != Reachability.Delivered ? (guest, unicast, TrafficKind.Unicast) : (guest, model.Decide(guest, own, TrafficKind.Broadcast), TrafficKind.Broadcast);
    }

    private static bool NeedsRelay(Verdict verdict) => verdict.Rule is ForwardingRule.NeedsReflectiveRelay or ForwardingRule.SwitchUnknown;

    private static string Named(SceneLink link) => $"{link.Name} (mode {link.Mode})";

    private static string SetBridge(IGrouping<string?, SceneLink> links) =>
        $"Set-LinkMode {string.Join(", ", links.Select(l => CommandText.Pattern(l.Name)))} Bridge{CommandText.Place(links.Key)}";
}
