using System.Management.Automation;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A link is named by whoever owns its network namespace: what is advised about it does to that link what it says, and nothing else.</summary>
public sealed class OddNameTests
{
    /// <summary>Beside it is a link that the name would fit as a pattern.</summary>
    [Theory]
    [InlineData("eth9", "other")]
    [InlineData("a;b", "a")]
    [InlineData("it's", "its")]
    [InlineData("x;$y", "x")]
    [InlineData("x*", "xy")]
    [InlineData("x[1]", "x1")]
    [InlineData("-v", "v")]
    [InlineData("42", "other")]
    public void What_is_advised_is_done_to_the_link_when_it_is_typed(string name, string beside)
    {
        Requires.Kind("bridge");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        foreach (string link in new[] { name, beside }) Programs.Run("ip", "-n", lab.Namespace, "link", "add", "name", link, "mtu", "1400", "type", "bridge");
        ErrorRecord record = Assert.Single(shell.Invoke(lab.Fill("Get-Link -NetworkNamespace {ns} | Where-Object Name -EQ '") + $"{name.Replace("'", "''", StringComparison.Ordinal)}' | Set-Link -Mtu 20").Errors);
        AdvisedCommand command = Assert.Single(AdvisedCommand.In(record.ErrorDetails!.RecommendedAction));
        Assert.Empty(shell.Invoke(command.Text[..command.Text.LastIndexOf(" is the nearest", StringComparison.Ordinal)]).Errors);
        Assert.Equal(("68", "1400"), (Mtu(name), Mtu(beside)));

        string Mtu(string link) => Programs.Run("ip", "netns", "exec", lab.Namespace, "cat", $"/sys/class/net/{link}/mtu").Trim();
    }
}
