using MacvtapTools.Forwarding;

namespace MacvtapTools.Kernel.Tests.Forwarding;

/// <summary>Sends what the model speaks of, and compares.</summary>
internal static class SceneComparison
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>The filter of groups is a hash of 256 places with a secret in it, so a group can pass by chance; that another one does at the same link is 1 in 100 again.</summary>
    private static readonly ulong[] Groups = [0x0100_5e00_00fb, 0x0100_5e01_0203, 0x3333_1234_5678, 0x0100_5e7f_fffa];

    /// <summary>Every place to every other one, every kind, and frames with foreign addresses in them; and what the model says, against what happens.</summary>
    /// <param name="read">Reads the scene as the module does.</param>
    /// <returns>Each difference in words, and how much was compared and how much was left open by the model.</returns>
    internal static (List<string> Differences, int Compared, int Open) Compare(Func<SceneView> read) => Compare(read, Groups);

    /// <summary>The same for groups of the caller's choice: the first, and the next one where a filter let it pass by chance.</summary>
    internal static (List<string> Differences, int Compared, int Open) Compare(Func<SceneView> read, params ReadOnlySpan<ulong> groups)
    {
        (List<string> Differences, int Compared, int Open, bool IsByChance) result = default;
        foreach (ulong group in groups)
        {
            result = Compare(read(), group);
            if (!result.IsByChance) break;
        }

        return (result.Differences!, result.Compared, result.Open);
    }

    private static (List<string> Differences, int Compared, int Open, bool IsByChance) Compare(SceneView view, ulong group)
    {
        ForwardingScene scene = view.Scene with { OutsideAddress = view.OutsideAddress };
        view = view with { Scene = scene };
        var model = new ForwardingModel(scene, group);
        List<SceneFrame> frames = Frames(model);
        using var probe = new ReachabilityProbe(view, Enumerable.Range(0, scene.EndpointCount).ToHashSet());
        bool[][] received = probe.Measure(frames, Patience, CancellationToken.None);
        var differences = new List<string>();
        int compared = 0;
        int open = 0;
        int byChance = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            for (int to = 0; to < scene.EndpointCount; to++)
            {
                // The host and the one outside send from the sockets that they are watched with.
                if (to >= scene.Host && to == frames[i].Sender) continue;
                Verdict verdict = model.Decide(frames[i], to);

                // Past the filters of a macvtap no socket can see.
                if (received[i][to] && probe.IsVeiled(to)) continue;
                if (verdict.Reachable == Reachability.Depends)
                {
                    open++;
                    continue;
                }

                compared++;
                if (verdict.Reachable == Reachability.Delivered == received[i][to]) continue;
                if (verdict.Rule == ForwardingRule.GroupNotJoined) byChance++;
                differences.Add($"{Describe(scene, frames[i])} at {scene.NameOf(to)}{Mode(scene, to)}: the model says {verdict.Reachable} ({verdict.Rule}), received: {received[i][to]}");
            }
        }

        return (differences, compared, open, byChance > 0 && byChance == differences.Count);
    }

    private static List<SceneFrame> Frames(ForwardingModel model)
    {
        const ulong Foreign = 0x0600_0000_0077;
        int count = model.Scene.EndpointCount;
        var frames = new List<SceneFrame>();
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                if (from != to) frames.Add(model.Frame(from, to, TrafficKind.Unicast));
                if (from != to) frames.Add(model.Frame(from, to, TrafficKind.Unicast) with { Source = Foreign });
            }

            frames.Add(model.Frame(from, from, TrafficKind.Broadcast));
            frames.Add(model.Frame(from, from, TrafficKind.Broadcast) with { Source = Foreign });
            frames.Add(model.Frame(from, from, TrafficKind.Multicast));
        }

        // To an address that nobody has, last: a switch learns nothing by it, and floods it.
        for (int from = 0; from < count; from++) frames.Add(new SceneFrame(from, model.Scene.AddressOf(from), Foreign + 1, TrafficKind.Unicast));
        return frames;
    }

    private static string Describe(ForwardingScene scene, in SceneFrame frame) =>
        $"{scene.NameOf(frame.Sender)}{Mode(scene, frame.Sender)} {frame.Kind} {MacNumber.Text(frame.Source)} > {MacNumber.Text(frame.Destination)}";

    private static string Mode(ForwardingScene scene, int endpoint) => endpoint < scene.Links.Count ? $" ({(scene.Links[endpoint].IsTap ? "macvtap" : "macvlan")} {scene.Links[endpoint].Mode})" : string.Empty;
}
