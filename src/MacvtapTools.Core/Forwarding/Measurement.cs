namespace MacvtapTools.Forwarding;

/// <summary>What a frame did that was sent for the purpose.</summary>
/// <param name="Reachable">Whether it arrived.</param>
/// <param name="IsByChance">It arrived though the receiver did not join its group, because the group shares a place in the filter with another one.</param>
internal readonly record struct Measurement(Reachability Reachable, bool IsByChance);
