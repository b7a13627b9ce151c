using System.Management.Automation;
using System.Text.RegularExpressions;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What -WhatIf says is what happens: the same request with it and without it, and nothing changed by the first.</summary>
public sealed partial class WhatIfTests
{
    public static TheoryData<string, string> Cases => WhatIfCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_says_is_what_happens(string prepare, string request)
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        _ = lab.Other;
        Shell shell = ShippedModule.NewShell();
        Assert.Empty(shell.Invoke(lab.Fill(prepare)).Errors);
        string line = lab.Fill(request);
        string before = State(lab);

        ShellResult said = shell.Invoke(line + " -WhatIf");
        Assert.Equal(before, State(lab));
        Assert.Empty(said.Output);
        ShellResult happened = shell.Invoke(line);

        Assert.Equal(happened.Errors.Select(Describe), said.Errors.Select(Describe));
        Assert.All(said.Errors, e => Assert.NotEqual(FailureCause.Unexplained, (e.Exception as MacvtapException)?.Cause));
    }

    [Fact]
    public void The_table_has_enough_of_both()
    {
        Assert.True(WhatIfCases.All.Count > 200);
    }

    [Fact]
    public void What_cannot_be_known_is_said_and_is_no_error()
    {
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        ShellResult result = shell.Invoke(lab.Fill("Set-Link eth0 -AddressGeneration StablePrivacy -WhatIf -Verbose -NetworkNamespace {ns}"));
        Assert.Empty(result.Errors);
        Assert.Contains(result.Verbose, v => v.Contains("cannot know", StringComparison.Ordinal) && v.Contains("stable_secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_that_would_land_elsewhere_is_a_warning()
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        ShellResult result = shell.Invoke(lab.Fill("New-MacvlanLink a eth0 -NetworkNamespace {ns} | Out-Null; New-MacvtapLink b a -WhatIf -NetworkNamespace {ns}"));
        Assert.Empty(result.Errors);
        Assert.Contains("would lie on eth0", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_says_that_nothing_was_tried()
    {
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        ErrorRecord refusal = Assert.Single(shell.Invoke(lab.Fill("New-MacvlanLink a p0 -WhatIf -NetworkNamespace {ns}")).Errors);
        var failure = (MacvtapException)refusal.Exception;
        Assert.True(failure.IsPredicted);
        Assert.Equal(FailureCause.LowerDeviceIsBridgePort, failure.Cause);
        Assert.Equal("p0", Assert.Single(failure.Evidence).Link);
        Assert.Contains("Not tried. The kernel would say: EBUSY", refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains("-LowerDevice br0", refusal.ErrorDetails!.RecommendedAction, StringComparison.Ordinal);
    }

    private static string Describe(ErrorRecord record) => record.Exception is MacvtapException failure
        ? $"{record.FullyQualifiedErrorId} {record.CategoryInfo.Category} {failure.Cause} {failure.Errno} {failure.Message} {failure.Advice} [{string.Join("; ", failure.Evidence)}]"
        : $"{record.FullyQualifiedErrorId} {record}";

    /// <summary>What ip and bridge tell of the links of both namespaces. The operational state settles by itself, so it is left out.</summary>
    private static string State(ScenarioLab lab) => Settling().Replace(
        string.Join('\n', new[] { lab.Namespace, lab.Other }.Select(n => Programs.Run("ip", "-n", n, "-d", "link", "show") + Programs.Run("bridge", "-n", n, "-d", "link", "show"))),
        string.Empty);

    [GeneratedRegex(@" state \w+|,?LOWER_UP|NO-CARRIER,|,?M-DOWN| (hello|tcn|topology_change|gc)_timer +[\d.]+")]
    private static partial Regex Settling();
}
