using System.Text.RegularExpressions;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A page of docs/, taken apart. The pages are written as PlatyPS 1.0 reads them.</summary>
internal sealed partial class HelpPage
{
    private HelpPage(string name, string text)
    {
        Name = name;
        Text = text;
        Sections = [.. Section.Matches(text).Select(m => (m.Groups["title"].Value, m.Groups["body"].Value.Trim()))];
    }

    /// <summary>The name of the page, which is that of its cmdlet.</summary>
    internal string Name { get; }

    /// <summary>The whole page.</summary>
    internal string Text { get; }

    /// <summary>Its sections in their order.</summary>
    internal IReadOnlyList<(string Title, string Body)> Sections { get; }

    /// <summary>The page of a cmdlet.</summary>
    internal static HelpPage Of(string cmdlet) => new(cmdlet, File.ReadAllText(Repository.Path("docs", cmdlet + ".md")).ReplaceLineEndings("\n"));

    /// <summary>The body of a section; empty where there is none.</summary>
    internal string this[string title] => Sections.FirstOrDefault(s => s.Title == title).Body ?? string.Empty;

    /// <summary>What stands under the headings of a section, by heading.</summary>
    internal IEnumerable<(string Heading, string Body)> Entries(string title) => Entry.Matches(this[title] + "\n").Select(m => (m.Groups["heading"].Value, m.Groups["body"].Value.Trim()));

    /// <summary>The parameters that are described.</summary>
    internal IEnumerable<HelpParameter> Parameters() => Entries("PARAMETERS")
        .Where(e => e.Heading.StartsWith('-'))
        .Select(e => new HelpParameter(e.Heading[1..], e.Body));

    /// <summary>The links of a text.</summary>
    internal static IEnumerable<(string Text, string Target)> Links(string text) => Link.Matches(text).Select(m => (m.Groups["text"].Value, m.Groups["target"].Value));

    /// <summary>Markdown as the words that the built-in help has: no marks, no line ends, a row of a table as "id: meaning".</summary>
    internal static string Plain(string markdown)
    {
        string text = Rows.Replace(markdown.Trim(), m => string.Join('\n', m.Value.Trim('\n').Split('\n').Skip(2).Select(Row)));
        text = Link.Replace(text, "${text}");
        text = Code.Replace(text, "$1");
        text = Bold.Replace(text, "$1");
        return Blanks.Replace(text, " ").Trim();
    }

    private static string Row(string line)
    {
        string[] cells = [.. line.Trim('|', ' ').Split('|').Select(c => c.Trim())];
        return $"- {cells[0]}: {string.Join("; ", cells.Skip(1))}";
    }

    [GeneratedRegex(@"(?ms)^## (?<title>[^\n]+)\n(?<body>.*?)(?=^## |\z)")]
    private static partial Regex Section { get; }

    [GeneratedRegex(@"(?ms)^### (?<heading>[^\n]+)\n(?<body>.*?)(?=^### |\z)")]
    private static partial Regex Entry { get; }

    [GeneratedRegex(@"(?<!!)\[(?<text>[^\]]+)\]\((?<target>[^)]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"(?m)(^\|.*\n?)+")]
    private static partial Regex Rows { get; }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }
}
