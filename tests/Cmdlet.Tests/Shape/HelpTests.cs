using System.Xml.Linq;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Every cmdlet has a page and built-in help, and both know every parameter.</summary>
public sealed class HelpTests
{
    private static readonly XNamespace _command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace _maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly Lazy<XDocument> _help = new(() => XDocument.Load(Repository.Path("en-US", "MacvtapTools.dll-Help.xml")));

    public static TheoryData<string> Cmdlets => [.. ShippedModule.Cmdlets.Keys];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_page_mentions_every_parameter(string name)
    {
        string page = File.ReadAllText(Repository.Path("docs", name + ".md"));
        Assert.All(ParameterNames(name), p => Assert.Contains($"### -{p}\n", page.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_page_mentions_no_parameter_that_is_not_there(string name)
    {
        IEnumerable<string> documented = File.ReadLines(Repository.Path("docs", name + ".md")).Where(l => l.StartsWith("### -", StringComparison.Ordinal)).Select(l => l["### -".Length..].Trim());
        Assert.Empty(documented.Except([.. ParameterNames(name), "WhatIf", "Confirm"]));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_built_in_help_has_every_parameter_and_examples(string name)
    {
        XElement entry = Assert.Single(_help.Value.Descendants(_command + "command"), c => c.Element(_command + "details")?.Element(_command + "name")?.Value.Trim() == name);
        string[] documented = [.. entry.Element(_command + "parameters")!.Elements(_command + "parameter").Select(p => p.Element(_maml + "name")!.Value.Trim())];
        Assert.All(ParameterNames(name), p => Assert.Contains(p, documented));
        Assert.True(entry.Descendants(_command + "example").Count() >= 3, $"{name} has {entry.Descendants(_command + "example").Count()} examples.");
    }

    [Fact]
    public void There_is_no_page_of_a_cmdlet_that_is_not_there() =>
        Assert.Empty(Directory.GetFiles(Repository.Path("docs"), "*-*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => char.IsUpper(n[0])).Except(ShippedModule.Cmdlets.Keys));

    private static IEnumerable<string> ParameterNames(string cmdlet) => ShippedModule.Parameters(ShippedModule.Cmdlets[cmdlet]).Select(p => p.Name);
}
