using MacvtapTools.Failures;

namespace MacvtapTools.Commands;

/// <summary>What can be wrong between two snapshots.</summary>
internal static class StatisticsFailures
{
    /// <summary>The later snapshot is of another link.</summary>
    internal static MacvtapException Replaced(LinkStatisticsSnapshot earlier, LinkStatisticsSnapshot now) => new(
        FailureId.LinkNotFound,
        $"{earlier.Name} (index {earlier.InterfaceIndex}) is not there any more: its index belongs to {now.Name}, another link, and a difference would mean nothing.",
        $"Begin anew: $before = {CommandText.For("Get-LinkStatistics", now.Name, now.NetworkNamespace)}.",
        earlier);

    /// <summary>Counters went back.</summary>
    internal static string Restarted(LinkStatisticsDelta delta) =>
        $"Counters of {delta.Name} went back and have no difference: {string.Join(", ", delta.Restarted)}. The link was made anew, or its driver set them back or wrapped at 32 bits.";
}
