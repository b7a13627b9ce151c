using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Every cause that the running kernel can be brought to is provoked, and seen where a user sees it: on the error record.</summary>
public sealed class CauseTests
{
    public static TheoryData<string, string, FailureCause, string, string> Cases => CauseCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_told_with_evidence_and_advice(string prepare, string request, FailureCause cause, string fact, string advice)
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        Preparation.Run(shell, lab, prepare);
        ErrorRecord record = Assert.Single(shell.Invoke(lab.Fill(request)).Errors);
        var failure = Assert.IsType<MacvtapException>(record.Exception);
        Assert.True(cause == failure.Cause, $"{cause} was expected, and it is {failure.Cause} ({failure.Id}): {record}");
        Assert.False(failure.IsPredicted);
        if (fact.Length > 0) Assert.Contains(lab.Fill(fact), string.Join(Environment.NewLine, failure.Evidence), StringComparison.Ordinal);
        if (advice.Length > 0) Assert.Contains(lab.Fill(advice), record.ErrorDetails!.RecommendedAction, StringComparison.Ordinal);
        Assert.All(AdvisedCommand.In(failure.Advice), c => Assert.True(c.Names(lab.Namespace) || c.Names(lab.Other), $"'{c}' is typed for another network namespace: {failure.Advice}"));
    }

    [Fact]
    public void A_namespace_without_a_name_cannot_be_looked_into_and_nothing_is_guessed()
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        Assert.Empty(shell.Invoke(lab.Fill("New-MacvlanLink a eth0 -MacAddress 02:00:00:00:00:0a -NetworkNamespace {ns} | Out-Null")).Errors);

        // The namespace keeps a link of the lab, and loses its name; the open file holds it.
        string nameless = lab.Fill("{new}");
        Programs.Run("ip", "netns", "add", nameless);
        Programs.Run("ip", "-n", lab.Namespace, "link", "set", "dev", "a", "netns", nameless);
        Programs.Run("ip", "-n", nameless, "link", "set", "dev", "a", "up");
        using FileStream held = File.OpenRead($"/run/netns/{nameless}");
        Programs.Run("ip", "netns", "delete", nameless);

        ErrorRecord record = Assert.Single(shell.Invoke(lab.Fill("New-MacvlanLink b eth0 -MacAddress 02:00:00:00:00:0a -Up -NetworkNamespace {ns}")).Errors);
        var failure = (MacvtapException)record.Exception;
        Assert.Equal(FailureCause.MacAddressOfUnseenLink, failure.Cause);
        Assert.Empty(failure.Evidence);

        record = Assert.Single(shell.Invoke(lab.Fill("New-MacvlanLink b eth0 -Mode Passthru -NetworkNamespace {ns}")).Errors);
        Assert.Equal(FailureCause.PassthruUnseen, ((MacvtapException)record.Exception).Cause);
    }

    [Fact]
    public void Something_in_a_namespace_without_a_name_takes_the_frames_of_a_port()
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        Preparation.Run(shell, lab, "New-MacvlanLink a out0 -NetworkNamespace {ns} | Out-Null; $ ip netns add {new}; Move-Link a {new} -NetworkNamespace {ns}");
        using FileStream held = File.OpenRead(lab.Fill("/run/netns/{new}"));
        Programs.Run("ip", "netns", "delete", lab.Fill("{new}"));
        ErrorRecord record = Assert.Single(shell.Invoke(lab.Fill("Add-BridgePort out0 br0 -NetworkNamespace {ns}")).Errors);
        Assert.Equal(FailureCause.PortTakenOver, ((MacvtapException)record.Exception).Cause);
    }
}
