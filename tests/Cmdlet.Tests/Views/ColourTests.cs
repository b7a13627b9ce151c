using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>
/// Scripts in views colour states, all in one way; a few choose a group by its network namespace, or break lines, each with one and the same script. They go by property and operator only, so that they run where the language is constrained; plain where the
/// output goes elsewhere; and by -f, which makes the name of a state also of one that came from another process (in a text in quotes it is a number). That the colours are the right ones is tested in a real shell (tests/Pester/Views.Tests.ps1).
/// </summary>
public sealed partial class ColourTests
{
    /// <summary>Drawn by a method of its own.</summary>
    private const string Matrix = "ReachabilityMatrix";

    /// <summary>No group, and no line above it, where it is the current network namespace.</summary>
    private const string Group = "if ($_.NetworkNamespace) { $_.NetworkNamespace }";

    public static TheoryData<string, string, string> Scripts =>
        [.. ViewFiles.Views.Where(v => v.Element("Name")!.Value != Matrix)
            .SelectMany(v => v.Descendants("ScriptBlock").Where(s => s.Parent!.Name.LocalName != "ItemSelectionCondition").Select(s => (ViewFiles.Name(v), ViewFiles.Types(v).First().FullName!, Compact(s.Value))))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Has_the_one_shape_and_names_only_states_that_there_are(string view, string type, string script)
    {
        if (script == Group || Breaks.IsMatch(script)) return;
        Match match = Shape.Match(script);
        Assert.True(match.Success, $"{view}: {script}");
        Type state = typeof(Link).Assembly.GetType(type, throwOnError: true)!.GetProperty(match.Groups["state"].Value)!.PropertyType;
        state = Nullable.GetUnderlyingType(state) ?? state;
        string[] states = state == typeof(bool) ? [bool.TrueString, bool.FalseString] : Enum.GetNames(state);
        Assert.All(Case.Matches(match.Groups["cases"].Value).Select(c => c.Groups[1].Value), c => Assert.Contains(c, (string[])[.. states, "default"]));
        Assert.All(Case.Matches(match.Groups["cases"].Value).Select(c => c.Groups[2].Value), c => Assert.Contains(c, (string[])["Foreground.Green", "Foreground.BrightBlack", "Formatting.Warning", "Formatting.Error"]));
    }

    [Fact]
    public void A_state_has_the_same_colours_in_every_view() =>
        Assert.All(
            ViewFiles.Views.SelectMany(v => v.Descendants("ScriptBlock").Select(s => Shape.Match(Compact(s.Value))).Where(m => m.Success).Select(m => (Type: ViewFiles.Types(v).First().GetProperty(m.Groups["state"].Value)!.PropertyType, Cases: m.Groups["cases"].Value)))
                .GroupBy(c => Nullable.GetUnderlyingType(c.Type) ?? c.Type),
            g => Assert.Single(g.Select(c => c.Cases).Distinct()));

    /// <summary>Conditions of lines look at the kind, as text: also that of an object from another process.</summary>
    [Fact]
    public void Conditions_compare_a_property() =>
        Assert.All(ViewFiles.Views.Descendants("ItemSelectionCondition").Elements("ScriptBlock"), s => Assert.Matches(@"^\$_\.Kind -(eq|like) '[a-z*]+'$", s.Value));

    private static string Compact(string script) => Space.Replace(script.Trim(), " ");

    [GeneratedRegex(@"^\$s = '\{0\}' -f \$_\.(?<state>\w+) \$c = if \(\$PSStyle\.OutputRendering -eq 'Ansi' -or -not \[Console\]::IsOutputRedirected\) \{ switch \(\$s\) \{(?<cases>( \w+ \{ \$PSStyle\.\w+\.\w+ \})+) \} \} \$c \? ""\$c(\$s|\$\(\$_\.(?<shown>\w+)\))\$\(\$PSStyle\.Reset\)"" : (\$s|\$_\.\k<shown>)$")]
    private static partial Regex Shape { get; }

    /// <summary>Between words, where the shell itself breaks anywhere; a property that a test of Pester's renders.</summary>
    [GeneratedRegex(@"^\$room = \$Host\.UI\.RawUI\.BufferSize\.Width - \d+ \$PSCulture -or \$room -lt 20 \? \$_\.Summary : \$_\.Summary -replace ""\(\.\{1,\$room\}\)\( \+\|\\n\|\\z\)"", ""`\$1`n"" -replace '\\n\\z'$")]
    private static partial Regex Breaks { get; }

    [GeneratedRegex(@"(\w+) \{ \$PSStyle\.(\w+\.\w+) \}")]
    private static partial Regex Case { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space { get; }
}
