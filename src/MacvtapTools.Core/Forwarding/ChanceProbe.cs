namespace MacvtapTools.Forwarding;

/// <summary>
/// Tells a group that shares a place in the receiver's filter (256 places, by a hash with the link's place in memory in it) from a filter that does not do what the rules say:
/// where other groups that nobody joined are kept out, the filter works, and this one passed by chance.
/// </summary>
internal static class ChanceProbe
{
    private const int Witnesses = 3;

    /// <summary>Groups that nobody uses: by IEEE 802 locally administered.</summary>
    private const ulong FirstWitness = 0x0300_5e10_20a1;

    private const ulong Step = 0x0000_0035_0b17;

    /// <summary>Sends each frame again, and the same to other groups.</summary>
    /// <param name="send">Sends frames and tells who received them, as <see cref="ReachabilityProbe.Measure"/>.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="passed">The frames that arrived at a place that did not join their group.</param>
    /// <returns>For each, whether it was by chance.</returns>
    internal static bool[] Check(Func<IReadOnlyList<SceneFrame>, bool[][]> send, ForwardingScene scene, IReadOnlyList<(SceneFrame Frame, int To)> passed)
    {
        if (passed.Count == 0) return [];
        bool[][] received = send([.. passed.SelectMany(p => Others(scene.Links[p.To]).Take(Witnesses).Prepend(p.Frame.Destination).Select(group => p.Frame with { Destination = group }))]);
        return [.. passed.Select((p, i) => IsByChance(received.AsSpan(i * (Witnesses + 1), Witnesses + 1), p.To))];
    }

    private static bool IsByChance(ReadOnlySpan<bool[]> received, int to)
    {
        if (!received[0][to]) return false;
        foreach (bool[] witness in received[1..])
        {
            if (!witness[to]) return true;
        }

        return false;
    }

    private static IEnumerable<ulong> Others(SceneLink link)
    {
        for (ulong group = FirstWitness; ; group += Step)
        {
            if (!link.Groups.Contains(group)) yield return group;
        }
    }
}
