using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The Pester suites of tests/Pester in a real shell: each of their tests is a result here, with its failure's text or the reason why it was skipped.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private const string None = "(none)";

    /// <summary>Asked for when the tests run, not when they are listed: the shell is started once, for all of them.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> Names()
    {
        if (PesterRun.Current.Missing is not null) return [new TheoryDataRow<string, string>(None, None)];
        return PesterRun.Current.Results.Select((r, i) => new TheoryDataRow<string, string>(r.Suite, r.Name) { TestDisplayName = $"Pester {r.Suite}: {r.Name}" });
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Names))]
    public void Pester(string suite, string name)
    {
        if (PesterRun.Current.Missing is { } missing) Assert.Skip(missing);
        PesterRun.Result[] results = [.. PesterRun.Current.Results.Where(r => r.Suite == suite && r.Name == name)];
        Assert.NotEmpty(results);
        foreach (PesterRun.Result result in results)
        {
            if (result.Outcome == "Failed") Assert.Fail(result.Reason);
            if (result.Outcome != "Passed") Assert.Skip(result.Reason.Length > 0 ? result.Reason : $"Pester says {result.Outcome} and gives no reason.");
        }
    }

    [Fact]
    public void Every_suite_ran()
    {
        if (PesterRun.Current.Missing is { } missing) Assert.Skip(missing);
        output.WriteLine($"{PesterRun.Current.Versions}: {string.Join(", ", PesterRun.Current.Results.GroupBy(r => r.Outcome).Select(g => $"{g.Count()} {g.Key}"))}, {PesterRun.Current.Results.Sum(r => r.Seconds):F1} s in tests.");
        output.WriteLine(PesterRun.Current.Said);
        IEnumerable<string> suites = Directory.GetFiles(Repository.Path("tests", "Pester"), "*.Tests.ps1").Select(f => Path.GetFileNameWithoutExtension(f)!);
        Assert.Equal(suites.Order(StringComparer.Ordinal), PesterRun.Current.Results.Select(r => r.Suite).Distinct().Order(StringComparer.Ordinal));
    }
}
