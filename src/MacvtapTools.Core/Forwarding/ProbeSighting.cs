namespace MacvtapTools.Forwarding;

/// <summary>A frame that a socket saw.</summary>
/// <param name="Number">The frame's number.</param>
/// <param name="Place">Which socket, by its place in the list.</param>
/// <param name="IsOutgoing">The link sent it; else it received it.</param>
/// <param name="IsForOther">It was received and is for another address.</param>
/// <param name="Nanoseconds">The kernel's time of it, since 1970.</param>
internal readonly record struct ProbeSighting(uint Number, int Place, bool IsOutgoing, bool IsForOther, long Nanoseconds);
