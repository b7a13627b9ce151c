using System.Text.Json;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Every fact of every link, against <c>ip</c>.</summary>
public sealed class LinkReadingTests
{
    public static TheoryData<string> Configurations => [.. LinkConfigurations.Names];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_link_is_what_ip_says(string configuration)
    {
        using LinkBench bench = new();
        LinkConfigurations.Make(configuration, bench);

        // States settle a moment after a change, so one reading may differ; a fact that is read wrongly differs in all.
        List<string> differences = [];
        for (int attempt = 0; attempt < 10; attempt++)
        {
            differences = Compare(bench);
            if (differences.Count == 0) return;
            Thread.Sleep(100);
        }

        Assert.Fail(string.Join(Environment.NewLine, differences));
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(LinkConfigurations.Names.Count() >= 60);

    private static List<string> Compare(LinkBench bench)
    {
        JsonElement[] ip = IpFacts.ReadAll(bench.Namespace);
        IReadOnlyList<Link> listed = bench.Session.Reader.List().Links;
        if (!ip.Select(l => l.GetProperty("ifindex").GetInt32()).Order().SequenceEqual(listed.Select(l => l.InterfaceIndex).Order())) return ["The list has other links than ip's."];
        List<string> differences = [];
        foreach (JsonElement expected in ip)
        {
            string name = expected.GetProperty("ifname").GetString()!;
            int index = expected.GetProperty("ifindex").GetInt32();
            Compare("listed", listed.Single(l => l.InterfaceIndex == index));
            Compare("by index", bench.Session.Reader.Find(index)!);
            Compare("by name", bench.Session.Reader.Find(name)!);
            foreach (string other in listed.Single(l => l.InterfaceIndex == index).AlternativeName) Compare($"by {other}", bench.Session.Reader.Find(other)!);

            void Compare(string how, Link link) => differences.AddRange(IpFacts.Compare(link, expected, bench.Session).Select(d => $"{name} {how}: {d}"));
        }

        return differences;
    }
}
