using MacvtapTools.PipelineHost;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>What is no plain line is refused, by name.</summary>
public sealed class ParserTests
{
    [Theory]
    [InlineData("Get-Sample | Where-Object { $_.Name }", "script block")]
    [InlineData("if ($true) { 'a' }", "keyword 'if'")]
    [InlineData("foreach ($x in 1..3) { $x }", "keyword 'foreach'")]
    [InlineData("1 + 2", "operator '+'")]
    [InlineData("$a -eq 2", "operator '-eq'")]
    [InlineData("'a'.ToUpper()", "method call '.ToUpper('")]
    [InlineData("[int]::MaxValue", "static member")]
    [InlineData("Get-Sample 2> $null", "redirection")]
    [InlineData("Get-Sample > out.txt", "redirection")]
    [InlineData("& Get-Sample", "call operator '&'")]
    [InlineData("Get-Sample && Get-Sample", "operator '&'")]
    [InlineData("Get-Sample || Get-Sample", "pipeline chain operator '||'")]
    [InlineData("$x += 1", "assignment operator '+='")]
    [InlineData("'open", "unfinished string")]
    [InlineData("Get-Sample |", "missing command")]
    [InlineData("Get-Sample | 1", "expression after a pipe")]
    [InlineData("[no.such.type]'a'", "type [no.such.type]")]
    public void Names_what_it_does_not_know(string line, string construct) =>
        Assert.Equal(construct, Assert.Throws<ScriptParseException>(() => Samples.Run(line)).Construct);

    [Theory]
    [InlineData("Get-Sample mvt0 | Where-Object Name -EQ x | Format-List Name", null)]
    [InlineData("$x = Get-Sample mvt0; Show-Binding -InputObject $x", null)]
    [InlineData("Get-Sample | Where-Object { $_.Name }", "script block")]
    [InlineData("ip link show", "command 'ip'")]
    [InlineData("Get-Sample (virsh list)", "command 'virsh'")]
    [InlineData("Get-Sample; $y = ip link", "command 'ip'")]
    [InlineData("Get-Sample | Sort-Object Name -Top 1", "parameter '-Top' of Sort-Object")]
    public void Tells_what_is_beyond_it_before_anything_runs(string lines, string? reason) => Assert.Equal(reason, Samples.NewShell().WhyBeyond(lines));

    [Fact]
    public void Divides_lines_into_statements() =>
        Assert.Equal(["$x = Get-Sample mvt0", "'a', 'b'", "Get-Sample |\n  Select-Object Name"], Shell.Statements("$x = Get-Sample mvt0; 'a', 'b'\nGet-Sample |\n  Select-Object Name\n"));
}
