using MacvtapTools.Kernel.Tests;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>
/// Every example of the help pages and of the README whose lines are plain runs in the stand-in, in a lab of its own, and what comes has the shape that the page shows.
/// All of them run in a real shell: tests/Pester/Examples.Tests.ps1.
/// </summary>
public sealed class ExampleTests
{
    public static IEnumerable<TheoryDataRow<string>> Keys => ExamplePages.All.Select(e => new TheoryDataRow<string>(e.Key) { TestDisplayName = $"Example {e.Key}: {e.Title}" });

    [Theory]
    [MemberData(nameof(Keys))]
    public void Example(string key)
    {
        Example example = ExamplePages.All.Single(e => e.Key == key);
        if (ExampleRun.WhyNot(example) is { } reason) Assert.Skip(reason);
        Requires.Program("ip");
        Requires.NetworkNamespaces();
        foreach (string kind in new[] { "veth", "bridge", "macvlan", "macvtap" }) Requires.Kind(kind);

        ExampleResult result = ExampleRun.Results[key];
        List<string?> differences = [.. result.Problems];
        if (example.Shown is { } shown) differences.Add(ExampleShape.Difference(shown, result.Text, example.Varies, example.Among));
        else if (example.IsSession) differences.AddRange(result.Errors);
        else differences.Add(ExampleShape.Difference(string.Empty, result.Text));
        string[] wrong = [.. differences.OfType<string>()];
        Assert.True(wrong.Length == 0, $"{example.Code}\n\n{string.Join('\n', wrong)}\n\n{result.Text}");
    }

    [Fact]
    public void Most_examples_are_plain_lines()
    {
        int beyond = ExamplePages.All.Count(e => ExampleRun.WhyNot(e with { Needs = [] }) is not null);
        Assert.InRange(beyond, 0, ExamplePages.All.Count / 4);
    }
}
