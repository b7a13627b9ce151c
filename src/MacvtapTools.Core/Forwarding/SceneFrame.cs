namespace MacvtapTools.Forwarding;

/// <summary>A frame as far as forwarding looks at it.</summary>
/// <param name="Sender">The place that sends it.</param>
/// <param name="Source">The source address in it: mostly the sender's, but a guest can write any. 0 is not known.</param>
/// <param name="Destination">The destination address in it.</param>
/// <param name="Kind">What the destination is.</param>
internal readonly record struct SceneFrame(int Sender, ulong Source, ulong Destination, TrafficKind Kind);
