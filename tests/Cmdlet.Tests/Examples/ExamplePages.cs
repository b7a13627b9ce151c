using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Reads the examples of the help pages and of the README, as tests/Pester/ExamplePages.psm1 does for the real shell.</summary>
internal static partial class ExamplePages
{
    /// <summary>All of them, with their preparations.</summary>
    internal static IReadOnlyList<Example> All { get; } = ReadAll();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+-[A-Z]")]
    private static partial Regex PageName { get; }

    [GeneratedRegex(@"(?ms)^### Example (?<number>\d+): (?<title>[^\n]+)\n(?<body>.*?)(?=^###? |\z)")]
    private static partial Regex Section { get; }

    [GeneratedRegex(@"(?ms)^```powershell\n(.*?)\n```$")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"^(PS|>)> ")]
    private static partial Regex Prompt { get; }

    [GeneratedRegex(@"(?ms)^```output\n(.*?)\n```$")]
    private static partial Regex Output { get; }

    private static Example[] ReadAll()
    {
        Hashtable preparations = DataFile.Read(Repository.Path("tests", "Pester", "Examples.psd1"));
        IEnumerable<Example> pages = Directory.GetFiles(Repository.Path("docs"), "*-*.md")
            .Where(f => PageName.IsMatch(Path.GetFileName(f)))
            .Order(StringComparer.Ordinal)
            .SelectMany(OfPage);
        return [.. pages.Concat(OfSessions(Repository.Path("README.md"))).Select(e => e.With(preparations))];
    }

    private static IEnumerable<Example> OfPage(string file) => Section.Matches(Text(file)).Select(section =>
    {
        string body = section.Groups["body"].Value;
        return new Example(
            Path.GetFileNameWithoutExtension(file),
            int.Parse(section.Groups["number"].Value, CultureInfo.InvariantCulture),
            section.Groups["title"].Value,
            Code.Match(body).Groups[1].Value,
            Output.Match(body) is { Success: true } shown ? shown.Groups[1].Value : null);
    });

    /// <summary>In a session, what stands behind the prompts is typed, and the rest is shown.</summary>
    private static IEnumerable<Example> OfSessions(string file)
    {
        int number = 0;
        foreach (string[] lines in Code.Matches(Text(file)).Select(m => m.Groups[1].Value.Split('\n')))
        {
            string[] typed = [.. lines.Where(l => Prompt.IsMatch(l)).Select(l => Prompt.Replace(l, string.Empty))];
            if (typed.Length == 0) continue;
            string[] shown = [.. lines.Where(l => !Prompt.IsMatch(l) && !string.IsNullOrWhiteSpace(l))];
            yield return new Example(Path.GetFileNameWithoutExtension(file), ++number, typed[0], string.Join('\n', typed), shown.Length > 0 ? string.Join('\n', shown) : null);
        }
    }

    private static string Text(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");
}
