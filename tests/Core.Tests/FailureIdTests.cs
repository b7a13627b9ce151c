using System.Globalization;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Tests;

/// <summary>Programs keep the numbers of failures: each is in a table that only grows.</summary>
public sealed class FailureIdTests
{
    private static readonly Dictionary<string, int> Table = TestData.Text("failure-ids.txt").Split('\n')
        .Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(' '))
        .ToDictionary(p => p[1], p => int.Parse(p[0], CultureInfo.InvariantCulture));

    [Fact]
    public void Names_and_numbers_stay() =>
        Assert.All(Table, row => Assert.Equal(row.Value, Enum.TryParse(row.Key, out FailureId id) ? (int)id : -1));

    [Fact]
    public void Every_one_is_in_the_table() =>
        Assert.Equal(Enum.GetValues<FailureId>().Select(i => $"{(int)i} {i}"), Table.OrderBy(r => r.Value).Select(r => $"{r.Value} {r.Key}"));

    [Fact]
    public void No_number_is_given_twice() =>
        Assert.Equal(Enum.GetNames<FailureId>().Length, Enum.GetValues<FailureId>().Distinct().Count());
}
