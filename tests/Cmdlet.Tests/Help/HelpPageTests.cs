using System.Globalization;
using System.Text.RegularExpressions;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Every cmdlet has a page that is complete, and says of it what is compiled.</summary>
public sealed partial class HelpPageTests
{
    private const int FewestExamples = 3;
    private static readonly string[] _sections = ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    public static TheoryData<string> Cmdlets => [.. ShippedModule.Cmdlets.Keys];

    [Fact]
    public void There_is_no_page_of_a_cmdlet_that_is_not_there() =>
        Assert.Empty(Directory.GetFiles(Repository.Path("docs"), "*-*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => char.IsUpper(n[0])).Except(ShippedModule.Cmdlets.Keys));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_has_every_section_and_no_placeholder(string name)
    {
        HelpPage page = HelpPage.Of(name);
        Assert.Equal(_sections, page.Sections.Select(s => s.Title));
        Assert.All(page.Sections, s => Assert.False(string.IsNullOrWhiteSpace(s.Body), $"{s.Title} is empty."));
        Assert.Contains($"\ntitle: {name}\n", page.Text, StringComparison.Ordinal);
        Assert.Contains($"\n# {name}\n", page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Placeholder, page.Text);
        Assert.True(Fence.Count(page.Text) % 2 == 0, "A fence is not closed.");
        Assert.DoesNotContain("\n\n", page["SYNOPSIS"], StringComparison.Ordinal);
        Assert.True(page["DESCRIPTION"].Length > page["SYNOPSIS"].Length, "The description says less than the synopsis.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_has_examples_that_begin_with_the_cmdlet_itself(string name)
    {
        Example[] examples = [.. ExamplePages.All.Where(e => e.Page == name)];
        Assert.True(examples.Length >= FewestExamples, $"{examples.Length} examples; there should be at least {FewestExamples}.");
        Assert.Equal(Enumerable.Range(1, examples.Length), examples.Select(e => e.Number));
        Assert.Equal(examples.Length, HelpPage.Of(name).Entries("EXAMPLES").Count());
        Assert.All(examples, e => Assert.False(string.IsNullOrWhiteSpace(e.Code), $"Example {e.Number} has no code."));
        Assert.Contains(name, examples[0].Code, StringComparison.Ordinal);
        Assert.True(examples.Count(e => e.Code.Contains(name, StringComparison.Ordinal)) >= FewestExamples, "Too few examples are about the cmdlet itself.");
        Assert.Distinct(examples.Select(e => e.Title));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_describes_every_parameter_as_it_is_declared(string name)
    {
        Dictionary<string, HelpParameter> documented = HelpPage.Of(name).Parameters().ToDictionary(p => p.Name);
        CmdletFacts facts = new(name);
        Assert.Equal(facts.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal), documented.Keys.Order(StringComparer.Ordinal));
        foreach (CmdletFacts.Parameter real in facts.Parameters)
        {
            HelpParameter told = documented[real.Name];
            Assert.False(told.Text.Length == 0, $"-{real.Name} has no text.");
            Assert.Equal((real.Name, real.Type, real.SupportsWildcards), (told.Name, told.Type, told.SupportsWildcards));
            Assert.Equal(real.Aliases.Order(StringComparer.Ordinal), told.Aliases.Order(StringComparer.Ordinal));
            Assert.Equal(real.Sets.Select(Words).Order(StringComparer.Ordinal), told.Sets.Keys.Select(s => Told(told, s)).Order(StringComparer.Ordinal));
        }

        static string Words(CmdletFacts.Set s) => $"{s.Name} {s.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named"} {s.IsRequired} {s.ByValue} {s.ByPropertyName}".ToLowerInvariant();
        static string Told(HelpParameter p, string s) => $"{s} {p.Fact(s, "Position")} {p.Fact(s, "IsRequired")} {p.Fact(s, "ValueFromPipeline")} {p.Fact(s, "ValueFromPipelineByPropertyName")}".ToLowerInvariant();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_syntax_has_every_set_and_what_is_in_it(string name)
    {
        CmdletFacts facts = new(name);
        (string Heading, string Body)[] shown = [.. HelpPage.Of(name).Entries("SYNTAX")];
        Assert.Equal(
            facts.Sets.Select(s => s == facts.DefaultSet ? $"{s} (Default)" : s).Order(StringComparer.Ordinal),
            shown.Select(s => s.Heading).Order(StringComparer.Ordinal));
        foreach (string set in facts.Sets)
        {
            string line = Blanks.Replace(shown.Single(s => s.Heading.Split(' ')[0] == set).Body.Trim('`', '\n'), " ");
            Assert.StartsWith(name + " ", line + " ", StringComparison.Ordinal);
            string[] expected = [.. facts.Parameters.Where(p => CmdletFacts.In(p, set) is not null).Select(p => Form(p, CmdletFacts.In(p, set)!))];
            Assert.All(expected, f => Assert.Matches(f, line));
            Assert.Equal(expected.Length, ParameterName.Count(line));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_names_what_goes_in_and_what_comes_out(string name)
    {
        CmdletFacts facts = new(name);
        HelpPage page = HelpPage.Of(name);
        Assert.Equal(OrNone(facts.Inputs), page.Entries("INPUTS").Select(e => e.Heading).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(OrNone(facts.Outputs), page.Entries("OUTPUTS").Select(e => e.Heading).Order(StringComparer.Ordinal));
        Assert.All(page.Entries("INPUTS").Concat(page.Entries("OUTPUTS")), e => Assert.False(e.Body.Length == 0, $"{e.Heading} has no text."));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_notes_tell_the_privileges_and_the_error_ids(string name)
    {
        string notes = HelpPage.Of(name)["NOTES"];
        Assert.Matches(Privilege, notes);
        string[] table = [.. notes.Split('\n').SkipWhile(l => !l.StartsWith("| error id ", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith('|'))];
        Assert.Equal(notes.Split('\n').Count(l => l.StartsWith('|')), table.Length); // one table, without a hole
        Assert.True(table.Length > 2, "There is no error id.");
        string[] ids = [.. table.Skip(2).SelectMany(r => ErrorRow.Match(r) is { Success: true } row ? row.Groups[1].Captures.Concat(row.Groups[2].Captures).Select(c => c.Value) : throw new InvalidDataException(r))];
        Assert.Distinct(ids);
        Assert.All(ids, i => Assert.True(Enum.IsDefined(typeof(FailureId), i), $"{i} is no error id."));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_links_lead_somewhere(string name)
    {
        HelpPage page = HelpPage.Of(name);
        (string Text, string Target)[] related = [.. HelpPage.Links(page["RELATED LINKS"])];
        Assert.NotEmpty(related);
        Assert.Distinct(related.Select(l => l.Target));
        Assert.All(related, l => Assert.NotEqual(name, l.Text));

        // Get-Help -Online opens the first address that it finds there as the page of the cmdlet.
        Assert.All(related, l => Assert.False(l.Target.StartsWith("http", StringComparison.Ordinal), l.Target));
        Assert.Equal(page["RELATED LINKS"].Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal)), related.Length);
        foreach ((string text, string target) in HelpPage.Links(page.Text).Where(l => !l.Target.StartsWith("http", StringComparison.Ordinal)))
        {
            string file = target.Split('#')[0];
            Assert.True(File.Exists(Repository.Path("docs", file)), $"[{text}]({target}) leads nowhere.");
            if (ShippedModule.Cmdlets.ContainsKey(Path.GetFileNameWithoutExtension(file))) Assert.Equal(Path.GetFileNameWithoutExtension(file), text);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_index_has_it_once_with_its_synopsis(string name)
    {
        string index = File.ReadAllText(Repository.Path("docs", "README.md")).ReplaceLineEndings("\n");
        string row = $"\n| [{name}]({name}.md) | {Blanks.Replace(HelpPage.Of(name)["SYNOPSIS"], " ")} |\n";
        Assert.Equal(2, index.Split(row).Length);
        Assert.Equal(2, index.Split($"]({name}.md)").Length);
    }

    [Fact]
    public void The_index_has_every_topic()
    {
        string index = File.ReadAllText(Repository.Path("docs", "README.md"));
        Assert.All(Directory.GetFiles(Repository.Path("en-US"), "about_*.help.txt"), f => Assert.Contains($"(../en-US/{Path.GetFileName(f)})", index, StringComparison.Ordinal));
    }

    private static IEnumerable<string> OrNone(IReadOnlyList<string> types) => types.Count == 0 ? ["None"] : types.Order(StringComparer.Ordinal);

    /// <summary>A parameter as the syntax has it, whatever it calls its type.</summary>
    private static string Form(CmdletFacts.Parameter parameter, CmdletFacts.Set set)
    {
        string word = set.Position is null ? $"-{parameter.Name}" : $@"\[-{parameter.Name}\]";
        string whole = parameter.IsSwitch ? word : word + " <[^>]+>";
        return set.IsRequired ? $@"(?<!\[){whole}" : $@"\[{whole}\]";
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\bTODO\b|\bTBD\b|\bFIXME\b|Fill in|Lorem", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex("(?m)^```")]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"(?<=[ \[])-[A-Z]\w*")]
    private static partial Regex ParameterName { get; }

    [GeneratedRegex(@"CAP_\w+|[Pp]rivilege|[Cc]apability")]
    private static partial Regex Privilege { get; }

    [GeneratedRegex(@"^\| `(\w+)`(?:, `(\w+)`)* \| \S.* \|$")]
    private static partial Regex ErrorRow { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }
}
