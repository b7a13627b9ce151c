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
}
