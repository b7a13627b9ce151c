using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>-Verbose tells each exchange with the kernel in a line, -Debug each message; without them nothing is written, and nothing is made.</summary>
public sealed class KernelTraceTests : IDisposable
{
    private readonly ScenarioLab _lab = new();
    private readonly Shell _shell = ShippedModule.NewShell();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Verbose_has_a_line_for_each_exchange_and_no_message()
    {
        ShellResult result = Run("Set-Link eth0 -Mtu 1400 -NetworkNamespace {ns} -Verbose");
        string[] lines = [.. result.Records.Where(r => r.Kind == StreamKind.Verbose).Select(r => $"{r.Value}")];
        Assert.Contains(lines, line => line.Contains("RTM_GETLINK", StringComparison.Ordinal) && line.Contains("acknowledged", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("RTM_SETLINK", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Records, r => r.Kind == StreamKind.Debug);
    }

    [Fact]
    public void Debug_has_the_attributes_by_name()
    {
        ShellResult result = Run("Get-Link eth0 -NetworkNamespace {ns} -Debug");
        Assert.Empty(result.Errors);
        Assert.DoesNotContain(result.Records, r => r.Kind == StreamKind.Verbose);
        string[] texts = [.. result.Records.Where(r => r.Kind == StreamKind.Debug).Select(r => $"{r.Value}")];
        Assert.Contains(texts, text => text.StartsWith("sent RTM_GETLINK", StringComparison.Ordinal) && text.Contains("IFLA_IFNAME \"eth0\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("received RTM_NEWLINK", StringComparison.Ordinal) && text.Contains("IFLA_MTU 1500", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_is_in_the_line_with_the_kernels_words()
    {
        ShellResult result = Run("Set-Link eth0 -Mtu 99999 -NetworkNamespace {ns} -Verbose -ErrorAction SilentlyContinue");
        Assert.Contains(result.Records, r => r.Kind == StreamKind.Verbose && $"{r.Value}".Contains("EINVAL \"mtu greater than device maximum\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_preference_variable_counts_as_well()
    {
        ShellResult result = Run("$VerbosePreference = 'Continue'; Get-Link eth0 -NetworkNamespace {ns}");
        Assert.Contains(result.Records, r => r.Kind == StreamKind.Verbose && $"{r.Value}".Contains("RTM_GETLINK", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-Link eth0 -NetworkNamespace {ns}")]
    [InlineData("Get-Link eth0 -NetworkNamespace {ns} -Verbose:$false -Debug:$false")]
    public void Without_them_there_is_nothing(string script) =>
        Assert.DoesNotContain(Run(script).Records, r => r.Kind is StreamKind.Verbose or StreamKind.Debug);

    private ShellResult Run(string script) => _shell.Invoke(_lab.Fill(script));
}
