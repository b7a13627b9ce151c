using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The public surface is what is checked in: nothing that scripts use goes or changes by accident.</summary>
public sealed class PublicSurfaceTests
{
    private const string Accept = "MACVTAPTOOLS_ACCEPT_SURFACE";

    private static string Approved => Repository.Path("tests", "Cmdlet.Tests", "PublicSurface.txt");

    [Fact]
    public void Is_the_one_that_is_checked_in()
    {
        string actual = PublicSurface.Describe();
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(Approved, actual);
        string expected = File.Exists(Approved) ? File.ReadAllText(Approved) : string.Empty;
        if (expected == actual) return;
        string[] difference = [.. Difference(expected.Split('\n'), actual.Split('\n'))];
        Assert.Fail($"The public surface changed:\n{string.Join('\n', difference)}\n\nIf that is meant, accept it and commit the file: {Accept}=1 dotnet test tests/Cmdlet.Tests --filter PublicSurface");
    }

    /// <summary>Lines that went and came, under the heading that they belong to.</summary>
    private static IEnumerable<string> Difference(string[] before, string[] after)
    {
        HashSet<string> old = [.. Located(before)];
        HashSet<string> now = [.. Located(after)];
        return old.Except(now).Select(l => "- " + l).Concat(now.Except(old).Select(l => "+ " + l)).OrderBy(l => l[2..], StringComparer.Ordinal);
    }

    private static IEnumerable<string> Located(string[] lines)
    {
        string heading = string.Empty;
        foreach (string line in lines.Where(l => l.Length > 0))
        {
            if (line[0] != ' ') heading = string.Join(' ', line.Split(' ').Take(line.StartsWith("cmdlet", StringComparison.Ordinal) ? 2 : 3));
            yield return line[0] == ' ' ? $"{heading}: {line.Trim()}" : line;
        }
    }
}
