using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Compares what was asked for a bridge with what the kernel has: it brings a time that is out of range into range without a word (br_set_forward_delay in net/bridge/br_stp_if.c).</summary>
internal static class BridgeReadBack
{
    internal static IReadOnlyList<ReadBackDifference> Compare(BridgeSettings wanted, BridgeLink made)
    {
        BridgeFacts facts = made.Record.Bridge!;
        List<ReadBackDifference>? found = null;
        Check(nameof(BridgeLink.SpanningTree), wanted.StpState, facts.StpState, v => v != 0);
        CheckTime(nameof(BridgeLink.ForwardDelay), wanted.ForwardDelay, facts.ForwardDelay);
        CheckTime(nameof(BridgeLink.AgeingTime), wanted.AgeingTime, facts.AgeingTime);
        Check(nameof(BridgeLink.MulticastSnooping), wanted.MulticastSnooping, facts.MulticastSnooping, v => v != 0);
        return found ?? (IReadOnlyList<ReadBackDifference>)[];

        void CheckTime(string property, uint? expected, uint? actual)
        {
            if (expected is not { } value || !BridgeClock.IsKept(value, actual)) Check(property, expected, actual, Seconds);
        }

        void Check(string property, uint? expected, uint? actual, Func<uint, object> show)
        {
            if (expected is { } value && value != actual) (found ??= []).Add(new ReadBackDifference(property, show(value), actual is { } other ? show(other) : null));
        }
    }

    private static object Seconds(uint centiseconds) => $"{centiseconds / BridgeClock.CentisecondsPerSecond:0.##} s";
}
