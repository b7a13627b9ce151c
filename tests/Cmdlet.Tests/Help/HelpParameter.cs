using System.Text.RegularExpressions;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A parameter as a page describes it: words, and the facts in YAML.</summary>
internal sealed partial class HelpParameter
{
    internal HelpParameter(string name, string body)
    {
        Name = name;
        Match facts = Yaml.Match(body);
        Text = body[..(facts.Success ? facts.Index : body.Length)].Trim();
        string yaml = facts.Groups[1].Value;
        Type = Value(yaml, "Type");
        SupportsWildcards = Value(yaml, "SupportsWildcards") == "true";
        Aliases = [.. List.Match(yaml) is { Success: true } list ? list.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[2..].Trim()) : []];
        Sets = Set.Matches(yaml).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["facts"].Value, StringComparer.Ordinal);
    }

    internal string Name { get; }

    internal string Text { get; }

    internal string Type { get; }

    internal bool SupportsWildcards { get; }

    internal IReadOnlyList<string> Aliases { get; }

    /// <summary>The facts of each parameter set.</summary>
    internal IReadOnlyDictionary<string, string> Sets { get; }

    /// <summary>A fact of a set.</summary>
    internal string Fact(string set, string name) => Sets.TryGetValue(set, out string? facts) ? Value(facts, name) : string.Empty;

    private static string Value(string yaml, string key) => Regex.Match(yaml, $@"(?m)^\s*{key}: ?'?([^\n']*)'?$").Groups[1].Value.Trim();

    [GeneratedRegex(@"(?ms)^```yaml\n(.*?)^```")]
    private static partial Regex Yaml { get; }

    [GeneratedRegex(@"(?m)^Aliases:\n((?:- .*\n)+)")]
    private static partial Regex List { get; }

    [GeneratedRegex(@"(?m)^- Name: (?<name>.+)\n(?<facts>(?:  .*\n)+)")]
    private static partial Regex Set { get; }
}
