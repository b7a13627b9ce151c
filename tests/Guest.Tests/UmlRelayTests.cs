using System.Diagnostics;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>Guests of User-mode Linux on macvtaps, by relays: one with a descriptor, one that connects to a path. And what a killed shell leaves of a relay.</summary>
[Collection(nameof(Guests))]
public sealed class UmlRelayTests : IDisposable
{
    private const string Alpha = "10.99.0.1";
    private const string Beta = "10.99.0.2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private GuestLab? _lab;
    private TapRelay[] _relays = [];

    public void Dispose()
    {
        foreach (TapRelay relay in _relays) relay.Dispose();
        _lab?.Dispose();
    }

    [Fact]
    public void Guests_on_macvtaps_reach_each_other_and_the_outside_and_relays_notice_their_ends()
    {
        GuestRequires.Program("ip", "busybox", "linux.uml");
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        _lab = new GuestLab();
        _lab.Set("path", Path.Combine(_lab.Folder, "relay"));
        foreach (string name in new[] { "alpha", "beta" })
            _lab.Run($"New-MacvtapLink {name} eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up | Out-Null");
        _relays = [.. _lab.Run("$alpha = Start-TapRelay alpha -NetworkNamespace $machine; $beta = Start-TapRelay beta -Path $path -NetworkNamespace $machine; $alpha, $beta").Cast<TapRelay>()];

        GuestConsole alpha = _lab.StartUml("alpha", Alpha, $"{Beta},{GuestLab.OutsideAddress}", "$alpha", "$alpha");
        // A program that connects by itself gets no descriptor: the tap device is only there because one has to be.
        _lab.Run($"New-MacvtapLink idle eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} | Out-Null; $idle = Get-TapDevice idle -NetworkNamespace $machine");
        GuestConsole beta = _lab.StartUml("beta", Beta, $"{Alpha},{GuestLab.OutsideAddress}", "$beta", "$idle");

        beta.AwaitReady();
        Assert.True(alpha.Reaches(Beta, expected: true), alpha.Text);
        Assert.True(beta.Reaches(GuestLab.OutsideAddress, expected: true), beta.Text);
        Assert.True(GuestLab.Reaches(_lab.Outside, Alpha, expected: true));
        Assert.All(_relays, relay => Assert.Equal((TapRelayState.Running, true, true), (relay.State, relay.SentFrames > 0, relay.ReceivedFrames > 0)));

        _lab.EndGuests();
        Assert.All(_relays, relay => Assert.True(relay.WaitForEnd(Patience)));
        Assert.All(_relays, relay => Assert.Equal(TapRelayReason.PeerClosed, relay.Reason));
        Assert.Empty(Directory.GetFiles(_lab.Folder, "relay*"));
    }

    [Fact]
    public void A_killed_shell_leaves_no_process_and_its_socket_is_taken_over()
    {
        string shell = GuestRequires.PowerShell();
        Requires.Kind("macvtap");
        _lab = new GuestLab();
        string path = Path.Combine(_lab.Folder, "relay");
        _lab.Run($"New-MacvtapLink alpha eth0 Bridge -NetworkNamespace $machine -InterfaceIndex {Lab.NewIndex()} -Up | Out-Null");
        using Process process = Programs.Start(shell,
        [
            "-NoProfile", "-NonInteractive", "-Command",
            $"Import-Module '{Repository.Path("MacvtapTools.psd1")}'; Start-TapRelay alpha -NetworkNamespace {_lab.Machine}; Start-TapRelay alpha -Path {path} -NetworkNamespace {_lab.Machine}; Start-Sleep 1000",
        ]);
        try
        {
            for (long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !File.Exists(path); Thread.Sleep(20))
                Assert.True(Environment.TickCount64 < end && !process.HasExited, "The relay did not start.");
            Assert.All(Directory.GetDirectories($"/proc/{process.Id}/task"), task => Assert.Equal(string.Empty, File.ReadAllText(Path.Combine(task, "children"))));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }

        _lab.Set("path", path);
        Assert.True(File.Exists(path));
        Assert.Empty(Assert.IsType<TapDevice>(Assert.Single(_lab.Run("Get-TapDevice alpha -NetworkNamespace $machine"))).Holder!);
        _relays = [Assert.IsType<TapRelay>(Assert.Single(_lab.Run("Start-TapRelay alpha -Path $path -NetworkNamespace $machine")))];
        Assert.Equal(TapRelayState.Listening, _relays[0].State);
    }
}
