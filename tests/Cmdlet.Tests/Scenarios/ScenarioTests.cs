using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The scenario tables in the stand-in. The same tables run in a real shell: tests/Pester/Scenarios.Tests.ps1.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string topic in ScenarioFile.Topics)
            {
                foreach (Scenario scenario in ScenarioFile.Read(topic))
                    rows.Add(topic, scenario.Name);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario(string topic, string name) => new ScenarioRunner(ScenarioFile.Read(topic).Single(s => s.Name == name)).Run();

    [Fact]
    public void Names_are_unique_in_their_table() =>
        Assert.All(ScenarioFile.Topics, t => Assert.Distinct(ScenarioFile.Read(t).Select(s => s.Name)));

    [Fact]
    public void Every_cmdlet_has_scenarios()
    {
        string all = string.Concat(ScenarioFile.Topics.Select(t => File.ReadAllText(Path.Combine(ScenarioFile.Folder, t + ".json"))));
        Assert.All(ShippedModule.Cmdlets.Keys, c => Assert.Contains(c + " ", all, StringComparison.Ordinal));
    }
}
