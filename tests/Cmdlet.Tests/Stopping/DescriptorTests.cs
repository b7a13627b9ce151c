using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A command closes what it opened, however it ends. Nothing is left to the garbage collector.</summary>
[Collection(nameof(Alone))]
public sealed class DescriptorTests : IDisposable
{
    private readonly ScenarioLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("Get-Link -NetworkNamespace {ns}")]
    [InlineData("Get-Link eth0 -NetworkNamespace {ns} | Get-Link")]
    [InlineData("Get-Link nope -NetworkNamespace {ns}")]
    [InlineData("Get-Link nope -NetworkNamespace {ns} -ErrorAction Stop")]
    [InlineData("Get-Link -NetworkNamespace nope")]
    [InlineData("Get-Link -NetworkNamespace /proc/version")]
    [InlineData("Get-Link * -NetworkNamespace {ns} | Select-Object -First 1")]
    [InlineData("$a = Get-Link eth0 -NetworkNamespace {ns}; $b = Get-Link far0 -NetworkNamespace {other}; $a,$b | Disable-Link -PassThru | Enable-Link")]
    [InlineData("New-MacvtapLink x eth0 -NetworkNamespace {ns} | Get-TapDevice | Remove-Link")]
    [InlineData("New-VethLink x y -PeerNetworkNamespace {other} -Up -NetworkNamespace {ns} | Remove-Link")]
    [InlineData("New-VethLink x eth0 -NetworkNamespace {ns}")]
    [InlineData("New-BridgeLink x -NetworkNamespace {ns} | Remove-Link -WhatIf; Remove-Link x -NetworkNamespace {ns}")]
    [InlineData("Get-BridgePort -NetworkNamespace {ns} | Enable-Hairpin -PassThru | Disable-Hairpin")]
    [InlineData("Enable-Hairpin eth0 -NetworkNamespace {ns}")]
    [InlineData("Get-NetworkNamespace; Get-NetworkNamespace {ns}; Get-NetworkNamespace nope")]
    [InlineData("New-NetworkNamespace {new} -LoopbackUp | Remove-NetworkNamespace")]
    public void Are_closed_after(string script)
    {
        if (script.Contains("Macvtap", StringComparison.Ordinal)) Requires.Kind("macvtap");
        Shell shell = ShippedModule.NewShell();
        string filled = _lab.Fill(script);
        shell.Invoke(filled);
        string[] before = Open();
        for (int i = 0; i < 5; i++) shell.Invoke(filled);
        Assert.Equal(before, Open());
    }

    [Fact]
    public async Task Are_closed_after_a_stop()
    {
        Requires.Kind("macvtap");
        Shell shell = ShippedModule.NewShell();
        shell.Invoke(_lab.Fill("Get-Link -NetworkNamespace {ns}"));
        string[] before = Open();
        shell.SetVariable("names", Enumerable.Range(0, 5000).Select(i => $"s{i}").ToArray());
        Task<ShellResult> run = shell.InvokeAsync(_lab.Fill("$names | New-MacvtapLink -LowerDevice eth0 -NetworkNamespace {ns}"));
        Thread.Sleep(150);
        shell.Stop();
        ShellResult result = await run.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(result.WasStopped);
        Assert.Equal(before, Open());
    }

    [Fact]
    public void Are_closed_after_completion()
    {
        Shell shell = ShippedModule.NewShell();
        string line = _lab.Fill("Get-Link -NetworkNamespace {ns} -Name ");
        Assert.NotEmpty(shell.Complete(line));
        string[] before = Open();
        for (int i = 0; i < 5; i++) shell.Complete(line);
        Assert.Equal(before, Open());
    }

    /// <summary>Sockets, namespaces, devices and what is open of /sys and /run, without the numbers that differ from one to the next.</summary>
    private static string[] Open() =>
        [.. Directory.GetFileSystemEntries("/proc/self/fd")
            .Select(Target)
            .Select(t => Path.GetFileName(t) is { } name && (name.StartsWith("socket:", StringComparison.Ordinal) || name.StartsWith("net:", StringComparison.Ordinal)) ? name.Split(':')[0] : t)
            .Where(t => t is "socket" or "net" || t.StartsWith("/dev/tap", StringComparison.Ordinal) || t.StartsWith("/sys", StringComparison.Ordinal) || t.StartsWith("/run", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static string Target(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, false)?.FullName ?? string.Empty;
        }
        catch (FileNotFoundException)
        {
            // The one that the directory was listed with.
            return string.Empty;
        }
    }
}
