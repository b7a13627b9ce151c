namespace MacvtapTools.Forwarding;

/// <summary>What becomes of a frame at one receiver, and by which rule.</summary>
internal readonly record struct Verdict(Reachability Reachable, ForwardingRule Rule)
{
    internal static Verdict Yes(ForwardingRule rule) => new(Reachability.Delivered, rule);

    internal static Verdict No(ForwardingRule rule) => new(Reachability.NotDelivered, rule);

    internal static Verdict Maybe(ForwardingRule rule) => new(Reachability.Depends, rule);
}
