using System.Globalization;
using System.Management.Automation;
using MacvtapTools.PipelineHost;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>The stand-in gives what a real shell was seen to give.</summary>
[Collection("trace")]
public sealed class ScenarioTests
{
    private static readonly Scenario[] All =
        [.. Scenario.Load(Path.Combine(AppContext.BaseDirectory, "Scenarios", "recorded.json"))];

    public static TheoryData<string> Names => [.. All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Stand_in_agrees_with_the_recorded_shell(string name)
    {
        Scenario recorded = All.Single(s => s.Name == name);
        Samples.Run("Get-Trace");
        ShellResult result = Samples.Run(recorded.Script);
        string expected = recorded.Describe();
        string actual = Observe(recorded, result).Describe();
        Assert.True(expected == actual, $"{recorded.Script}\n--- the real shell\n{expected}\n--- the stand-in\n{actual}");
    }

    private static Scenario Observe(Scenario recorded, ShellResult result) => recorded with
    {
        Output = [.. result.Output.Select(o => o is null ? "<null>" : Convert.ToString(PSObject.AsPSObject(o), CultureInfo.InvariantCulture)!)],
        Errors = [.. result.ErrorIds],
        Messages = [.. result.Errors.Select(e => e.ToString())],
        Categories = [.. result.Errors.Select(e => e.CategoryInfo.Category.ToString())],
        Warnings = [.. result.Warnings],
        Verbose = [.. result.Verbose],
        Debug = [.. result.Debug],
        WhatIf = [.. result.WhatIf],
        Ended = result.EndedScript,
    };
}
