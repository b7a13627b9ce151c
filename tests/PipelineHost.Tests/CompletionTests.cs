using Xunit;

namespace PipelineHost.Tests;

/// <summary>Completion of commands, names and values.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("Get-Sa", "Get-Sample")]
    [InlineData("Get-Sample -Int", "-InterfaceIndex")]
    [InlineData("Get-Sample m", "mvt0,mvt1")]
    [InlineData("Get-Sample -Name mvt0,mvt1", "mvt1")]
    [InlineData("Get-Sample -IfName ", "mvt0,mvt1")]
    [InlineData("Get-Sample | Set-Sample -Mode P", "Passthru,Private")]
    [InlineData("Set-Sample mvt0 b", "Bridge")]
    [InlineData("Test-Conversion -Color g", "green")]
    [InlineData("Test-Conversion -Modes Bridge,v", "Vepa")]
    [InlineData("$x = Get-Sample (Get-Sam", "Get-Sample")]
    [InlineData("No-Such -x", "")]
    public void Completes(string line, string expected) =>
        Assert.Equal(expected, string.Join(",", Samples.NewShell().Complete(line).Select(c => c.CompletionText)));

    [Fact]
    public void Completer_sees_what_is_bound() =>
        Assert.Equal("Set-Sample Name Mode,NetworkNamespace", Samples.NewShell().Complete("Set-Sample -Mode Bridge -NetNS red -Name mvt0")[0].ToolTip);
}
