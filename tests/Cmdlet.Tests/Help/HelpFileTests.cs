using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The help that the shell shows (en-US/MacvtapTools.dll-Help.xml) says what the pages say: docs/Update-Help.ps1 makes it from them.</summary>
public sealed partial class HelpFileTests
{
    private static readonly XNamespace _command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace _maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace _dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly Lazy<Dictionary<string, XElement>> _entries = new(() => XDocument.Load(Repository.Path("en-US", "MacvtapTools.dll-Help.xml"))
        .Descendants(_command + "command")
        .ToDictionary(c => c.Element(_command + "details")!.Element(_command + "name")!.Value.Trim()));

    public static TheoryData<string> Cmdlets => [.. ShippedModule.Cmdlets.Keys];

    [Fact]
    public void It_has_every_cmdlet_and_no_other() => Assert.Equal(ShippedModule.Cmdlets.Keys, _entries.Value.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_texts_are_the_pages(string name)
    {
        (XElement entry, HelpPage page) = (_entries.Value[name], HelpPage.Of(name));
        Assert.Equal(HelpPage.Plain(page["SYNOPSIS"]), Text(entry.Element(_command + "details")?.Element(_maml + "description")));
        Assert.Equal(HelpPage.Plain(page["DESCRIPTION"]), Text(entry.Element(_maml + "description")));
        Assert.Equal(HelpPage.Plain(page["NOTES"]), Text(entry.Element(_maml + "alertSet")));
        Assert.Equal(HelpPage.Links(page["RELATED LINKS"]).Select(l => l.Text), entry.Descendants(_maml + "linkText").Select(l => l.Value.Trim()));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_parameters_are_the_pages_and_the_cmdlets(string name)
    {
        Dictionary<string, XElement> told = _entries.Value[name].Element(_command + "parameters")!.Elements(_command + "parameter").ToDictionary(p => p.Element(_maml + "name")!.Value.Trim());
        CmdletFacts facts = new(name);
        Assert.Equal(facts.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        foreach (HelpParameter parameter in HelpPage.Of(name).Parameters())
        {
            XElement element = told[parameter.Name];
            Assert.Equal(HelpPage.Plain(parameter.Text), Text(element.Element(_maml + "description")));
            CmdletFacts.Parameter real = facts.Parameters.Single(p => p.Name == parameter.Name);
            Assert.Equal(real.SupportsWildcards, bool.Parse(element.Attribute("globbing")!.Value));
            string[] aliases = element.Attribute("aliases")!.Value is "none" or "" ? [] : [.. element.Attribute("aliases")!.Value.Split(',').Select(a => a.Trim())];
            Assert.Equal(real.Aliases.Order(StringComparer.Ordinal), aliases.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_syntax_has_the_parameters_of_each_set(string name)
    {
        CmdletFacts facts = new(name);
        IEnumerable<string> expected = facts.Sets.Select(s => string.Join(' ', facts.Parameters
            .Where(p => CmdletFacts.In(p, s) is not null)
            .Select(p => (p.Name, Set: CmdletFacts.In(p, s)!))
            .Select(p => $"{p.Name}:{p.Set.Position is null}:{p.Set.IsRequired}".ToLowerInvariant())
            .Order(StringComparer.Ordinal)));
        IEnumerable<string> told = _entries.Value[name].Descendants(_command + "syntaxItem").Select(item => string.Join(' ', item
            .Elements(_command + "parameter")
            .Select(p => $"{p.Element(_maml + "name")!.Value.Trim()}:{p.Attribute("position")!.Value == "named"}:{p.Attribute("required")!.Value}".ToLowerInvariant())
            .Order(StringComparer.Ordinal)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_examples_are_the_pages(string name)
    {
        XElement[] told = [.. _entries.Value[name].Descendants(_command + "example")];
        Example[] examples = [.. ExamplePages.All.Where(e => e.Page == name)];
        Assert.Equal(examples.Select(e => $"Example {e.Number}: {e.Title}".Replace("`", string.Empty, StringComparison.Ordinal)), told.Select(e => e.Element(_maml + "title")!.Value.Trim().Replace("`", string.Empty, StringComparison.Ordinal)));
        foreach ((Example example, XElement element) in examples.Zip(told))
        {
            Assert.EndsWith(Lines(example.Code), Lines(string.Join('\n', Paragraphs(element.Element(_maml + "introduction")))), StringComparison.Ordinal);
            if (example.Shown is { } shown) Assert.StartsWith(Words(shown), Text(element.Element(_dev + "remarks")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_names_what_goes_in_and_what_comes_out(string name)
    {
        (XElement entry, HelpPage page) = (_entries.Value[name], HelpPage.Of(name));
        Assert.Equal(page.Entries("INPUTS").Select(e => e.Heading), entry.Descendants(_command + "inputType").Select(TypeName));
        Assert.Equal(page.Entries("OUTPUTS").Select(e => e.Heading), entry.Descendants(_command + "returnValue").Select(TypeName));
        Assert.Equal(page.Entries("INPUTS").Concat(page.Entries("OUTPUTS")).Select(e => HelpPage.Plain(e.Body)),
            entry.Descendants(_command + "inputType").Concat(entry.Descendants(_command + "returnValue")).Select(t => Text(t.Element(_maml + "description"))));
    }

    private static string TypeName(XElement type) => type.Element(_dev + "type")!.Element(_maml + "name")!.Value.Trim();

    private static string[] Paragraphs(XElement? element) => [.. element?.Descendants(_maml + "para").Select(p => p.Value) ?? []];

    private static string Text(XElement? element) => Words(string.Join(' ', Paragraphs(element)));

    private static string Words(string text) => Blanks.Replace(text, " ").Trim();

    private static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd())).Trim('\n', ' ', '\u00a0', '\u200b');

    [GeneratedRegex(@"[\s\u00a0\u200b]+")]
    private static partial Regex Blanks { get; }
}
