using System.Text.RegularExpressions;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Samples;

/// <summary>The tour, as it was built with this assembly, and what it says.</summary>
internal static partial class TourProgram
{
    internal const string StandIn = "--stand-in";
    internal const string PowerShell = "--pwsh";

    /// <summary>Where its output folder is: samples/Tour/bin/CONFIGURATION/FRAMEWORK beside tests/Kernel.Tests/bin/CONFIGURATION/FRAMEWORK.</summary>
    internal static string Folder { get; } = FindFolder();

    internal static string Path { get; } = System.IO.Path.Combine(Folder, "Tour.dll");

    /// <summary>The statements of tour.ps1.</summary>
    internal static IReadOnlyList<string> Statements { get; } =
        [.. File.ReadLines(System.IO.Path.Combine(Folder, "tour.ps1")).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>Skips the test where there is no PowerShell to run it in.</summary>
    internal static void RequirePowerShell()
    {
        if (Programs.Find("pwsh") is not { } pwsh)
            Assert.Skip("There is no pwsh on the PATH.");
        else if (Version.Parse(Programs.Run(pwsh, "--version").Trim().Split(' ')[^1].Split('-')[0]) < new Version(7, 4))
            Assert.Skip($"{pwsh} is older than 7.4.");
    }

    /// <summary>The lines that it says it ran.</summary>
    internal static IEnumerable<string> StatementsIn(string output) =>
        output.Split('\n').Where(line => line.StartsWith("PS> ", StringComparison.Ordinal)).Select(line => line[4..].TrimEnd());

    /// <summary>The frames it sent: "From To Kind Arrived SeenBy".</summary>
    internal static IEnumerable<string> FramesIn(string output) => Frame.Matches(output).Select(row => Blanks.Replace(row.Value.Trim(), " "));

    /// <summary>The transcript without what differs from run to run.</summary>
    internal static string[] Comparable(string output) =>
        [.. output.Split('\n').Skip(1).Select(line => Blanks.Replace(Dashes.Replace(Changing.Replace(line, "*"), "-"), " ").Trim())];

    /// <summary>The names of its namespaces begin with this.</summary>
    internal static string PrefixIn(string output) => Name.Match(output) is { Success: true } found ? found.Value : throw new InvalidDataException($"No namespace in: {output}");

    /// <summary>Requires that nothing is left of a tour: no namespace (and so no link), no node.</summary>
    internal static void AssertNothingIsLeft(string output)
    {
        string prefix = PrefixIn(output);
        Assert.DoesNotContain(Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns") : [], path => System.IO.Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal));
        foreach (string node in Node.Matches(output).Select(match => match.Value).Distinct())
            Assert.True(SpinWait.SpinUntil(() => !System.IO.Path.Exists(node), TimeSpan.FromSeconds(10)), $"{node} is left."); // namespaces end in the background
    }

    private static string FindFolder()
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd('/'));
        return System.IO.Path.Combine(framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "samples", "Tour", "bin", framework.Parent.Name, framework.Name);
    }

    [GeneratedRegex(@"^\w+ +\w+ +(Unicast|Broadcast) +(True|False) +\{.*\}", RegexOptions.Multiline)]
    private static partial Regex Frame { get; }

    [GeneratedRegex(@"mvtour-[0-9]+-")]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"/dev/tap[0-9]+")]
    private static partial Regex Node { get; }

    [GeneratedRegex(@"mvtour-[0-9]+|([0-9a-f]{2}:){5}[0-9a-f]{2}|(dotnet|Tour|pwsh)\([0-9]+\)|[0-9]{5,}")]
    private static partial Regex Changing { get; }

    [GeneratedRegex(" +")]
    private static partial Regex Blanks { get; }

    [GeneratedRegex("-{2,}")]
    private static partial Regex Dashes { get; }
}
