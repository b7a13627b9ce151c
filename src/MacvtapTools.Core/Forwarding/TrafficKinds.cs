namespace MacvtapTools.Forwarding;

/// <summary>The single kinds.</summary>
internal static class TrafficKinds
{
    private static readonly TrafficKind[] Single = [TrafficKind.Unicast, TrafficKind.Broadcast, TrafficKind.Multicast];

    /// <summary>Those that are in a set of kinds.</summary>
    internal static IEnumerable<TrafficKind> Of(TrafficKind kinds) => Single.Where(k => (kinds & k) != 0);
}
