using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapDeviceWaiterTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_ends_when_the_node_comes()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.DeviceNodes();
        string path = Path.Combine(lab.NewDirectory(), "node");
        Link link = pair.First.Reader.Find("mvt0")!;
        TapDevice device = pair.LocateFirst();
        Task<TapDevice> waiting = Task.Run(() => TapDeviceWaiter.Wait(pair.First, link, path, true, _patience, CancellationToken.None), TestContext.Current.CancellationToken);
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(100, TestContext.Current.CancellationToken)));

        lab.MakeNode(path, device.Major, device.Minor);

        TapDevice found = await waiting;
        Assert.Equal((path, TapDeviceState.Ready), (found.Path, found.State));
    }

    [Fact]
    public async Task It_ends_when_the_user_may_open_it()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.OtherUsers();
        Link link = pair.First.Reader.Find("mvt0")!;
        TapDevice device = pair.LocateFirst();
        _ = pair.First.Sysfs;
        const uint Guest = 54321;
        // What is there is there at once.
        Assert.Equal(TapDeviceState.NoAccess, AsOtherUser.Run(() => TapDeviceWaiter.Wait(pair.First, link, null, false, TimeSpan.Zero, CancellationToken.None), Guest).State);
        MacvtapException failure = Assert.Throws<MacvtapException>(() => AsOtherUser.Run(() => TapDeviceWaiter.Wait(pair.First, link, null, true, TimeSpan.FromMilliseconds(50), CancellationToken.None), Guest));
        Assert.Equal(FailureId.TapDeviceTimeout, failure.Id);
        Assert.Contains("Grant-TapDevice", failure.Advice, StringComparison.Ordinal);
        Task<TapDevice> waiting = Task.Run(() => AsOtherUser.Run(() => TapDeviceWaiter.Wait(pair.First, link, null, true, _patience, CancellationToken.None), Guest), TestContext.Current.CancellationToken);
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(100, TestContext.Current.CancellationToken)));

        Programs.Run("chown", $"{Guest}", device.Path);

        Assert.Equal(TapDeviceState.Ready, (await waiting).State);
    }

    [Fact]
    public void A_node_that_never_comes_is_a_timeout_and_another_links_is_said_at_once()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Link second = pair.Second.Reader.Find("mvt1")!;
        string nowhere = Path.Combine(lab.NewDirectory(), "node");

        Assert.Equal(FailureId.TapDeviceTimeout, Assert.Throws<MacvtapException>(() => TapDeviceWaiter.Wait(pair.Second, second, nowhere, false, TimeSpan.FromMilliseconds(30), CancellationToken.None)).Id);
        Assert.Equal(FailureId.TapDeviceShadowed, Assert.Throws<MacvtapException>(() => TapDeviceWaiter.Wait(pair.Second, second, null, false, _patience, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task A_stop_ends_it_at_once()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Link link = pair.First.Reader.Find("mvt0")!;
        string nowhere = Path.Combine(lab.NewDirectory(), "node");
        using CancellationTokenSource stop = new();
        Task waiting = Task.Run(() => TapDeviceWaiter.Wait(pair.First, link, nowhere, false, _patience, stop.Token), TestContext.Current.CancellationToken);
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(100, TestContext.Current.CancellationToken)));
        long start = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
