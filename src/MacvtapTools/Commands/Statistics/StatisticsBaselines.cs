using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Commands;

/// <summary>From what a user kept to snapshots: the objects themselves, or what Import-Clixml and ConvertFrom-Json made of them.</summary>
internal static class StatisticsBaselines
{
    /// <summary>Reads one.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid: it is no snapshot.</exception>
    internal static LinkStatisticsSnapshot Read(PSObject value)
    {
        if (value.BaseObject is LinkStatisticsSnapshot snapshot) return snapshot;
        try
        {
            if (Value(value, nameof(LinkStatisticsSnapshot.Name)) is not string name
                || Value(value, nameof(LinkStatisticsSnapshot.InterfaceIndex)) is not { } index
                || Time(Value(value, nameof(LinkStatisticsSnapshot.Time))) is not { } time)
                throw Invalid(value, null);
            ulong?[] counters = [.. LinkCounters.Names.Select(n => Value(value, n) is { } counter ? Convert.ToUInt64(counter, CultureInfo.InvariantCulture) : (ulong?)null)];
            return new LinkStatisticsSnapshot(
                name,
                Convert.ToInt32(index, CultureInfo.InvariantCulture),
                Value(value, nameof(LinkStatisticsSnapshot.NetworkNamespace)) as string,
                Value(value, nameof(LinkStatisticsSnapshot.Kind)) as string,
                Value(value, nameof(LinkStatisticsSnapshot.MacAddress)) as string,
                time,
                counters);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or InvalidCastException)
        {
            throw Invalid(value, failure);
        }
    }

    private static object? Value(PSObject value, string name) => value.Properties[name]?.Value is { } found ? found is PSObject wrapped ? wrapped.BaseObject : found : null;

    private static DateTime? Time(object? value) => value switch
    {
        DateTime time => time,
        string text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => null,
    };

    private static MacvtapException Invalid(PSObject value, Exception? inner) =>
        new(FailureId.ParameterInvalid, $"'{value}' is no snapshot of a link's counters.", "Give -Delta what Get-LinkStatistics gave before.", value.BaseObject, inner);
}
