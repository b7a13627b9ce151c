using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>
/// Ctrl+C. The target is 50 ms; a unit test does not assert speed, so the bound here only catches what hangs. What was measured is in each test's output.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StopTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan _target = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _bound = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly ScenarioLab _lab = new();
    private readonly Shell _shell = ShippedModule.NewShell();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Creating_5000_links_stops_and_every_link_is_whole_or_absent()
    {
        Requires.Kind("macvtap");
        _shell.SetVariable("names", Enumerable.Range(0, 5000).Select(i => $"s{i}").ToArray());
        Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill("$names | New-MacvtapLink -LowerDevice eth0 -Mode Bridge -Alias stopped -Up -NetworkNamespace {ns}"));
        WaitUntil(() => Names("s*").Length > 200, run);
        Stop(run);

        Link[] links = Names("s*");
        output.WriteLine($"{links.Length} of 5000 links stand.");
        Assert.InRange(links.Length, 200, 4999);
        Assert.All(links, l =>
        {
            Assert.Equal(LinkMode.Bridge, Assert.IsType<MacvtapLink>(l).Mode);
            Assert.Equal("stopped", l.Alias);
            Assert.Equal(AdministrativeStatus.Up, l.AdministrativeStatus);
        });

        // In order, without a gap: nothing was skipped and nothing came after the stop.
        Assert.Equal(Enumerable.Range(0, links.Length).Select(i => $"s{i}").Order(StringComparer.Ordinal), links.Select(l => l.Name).Order(StringComparer.Ordinal));
        Thread.Sleep(100);
        Assert.Equal(links.Length, Names("s*").Length);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    [InlineData(400)]
    public void Removing_1000_links_in_bulk_stops_at_once_and_takes_all_or_none(int millisecondsBefore)
    {
        Requires.Kind("macvlan");
        MakeMacvlans(1000);
        Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill("Remove-Link s* -NetworkNamespace {ns}"));
        Thread.Sleep(millisecondsBefore);
        Stop(run);
        Link[] left = WaitUntilSettled("s*");

        output.WriteLine($"{left.Length} of 1000 links are left.");
        Assert.Contains(left.Length, new[] { 0, 1000 });
        Assert.All(left, l => Assert.Equal(0, l.Group));
        Assert.Equal(["br0", "eth0", "lo", "out0", "out1", "p0"], Names("*").Where(l => l.Name[0] != 's').Select(l => l.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Disabling_500_links_by_wildcard_stops_between_two_links()
    {
        Requires.Kind("macvlan");
        MakeMacvlans(500);
        Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill("Disable-Link s* -NetworkNamespace {ns}"));
        WaitUntil(() => Names("s*").Count(l => l.AdministrativeStatus == AdministrativeStatus.Down) > 5, run);
        Stop(run);

        int down = Names("s*").Count(l => l.AdministrativeStatus == AdministrativeStatus.Down);
        output.WriteLine($"{down} of 500 links are off.");
        Assert.InRange(down, 6, 499);
        Thread.Sleep(100);
        Assert.Equal(down, Names("s*").Count(l => l.AdministrativeStatus == AdministrativeStatus.Down));
    }

    [Fact]
    public void A_stop_between_the_cmdlets_of_a_pipeline_stops_them_all()
    {
        Requires.Kind("macvtap");
        _shell.SetVariable("names", Enumerable.Range(0, 5000).Select(i => $"s{i}").ToArray());
        Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill("$names | New-MacvtapLink -LowerDevice eth0 -NetworkNamespace {ns} | Set-LinkMode -Mode Private -PassThru | Enable-Link"));
        WaitUntil(() => Names("s*").Length > 50, run);
        Stop(run);
        Link[] links = Names("s*");
        Assert.InRange(links.Length, 50, 4999);

        // The last one may have been stopped on its way through the pipeline; all before it went through.
        Assert.All(links.OrderBy(l => l.InterfaceIndex).SkipLast(1), l => Assert.Equal((LinkMode.Private, AdministrativeStatus.Up), (((MacvtapLink)l).Mode, l.AdministrativeStatus)));
    }

    [Fact]
    public async Task Waiting_for_a_node_stops()
    {
        Requires.Kind("macvtap");
        Assert.Empty(_shell.Invoke(_lab.Fill("New-MacvtapLink mvt0 eth0 -InterfaceIndex {i1} -NetworkNamespace {ns} | Out-Null")).Errors);
        File.Delete($"/dev/tap{_lab.Index(1)}");
        Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill("Wait-TapDevice mvt0 -Timeout 60 -NetworkNamespace {ns}"));
        Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(300, TestContext.Current.CancellationToken)));
        Stop(run);
        Assert.True((await run).WasStopped);
    }

    [Theory]
    [InlineData("Test-LinkReachability g0 g1 -Probe -Timeout 60 -NetworkNamespace {ns}")]
    [InlineData("Trace-LinkPath g0 g1 -Probe -Timeout 60 -NetworkNamespace {ns}")]
    public async Task A_probe_that_waits_for_frames_stops(string line)
    {
        Requires.Kind("macvlan");
        Assert.Empty(_shell.Invoke(_lab.Fill("'g0', 'g1' | New-MacvlanLink -LowerDevice eth0 -Mode Private -Up -NetworkNamespace {ns} | Out-Null")).Errors);
        Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill(line));
        Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(500, TestContext.Current.CancellationToken)));
        Stop(run);
        Assert.True((await run).WasStopped);
    }

    /// <summary>A FIFO that nobody reads.</summary>
    [Theory]
    [InlineData("Start-TapProcess true -TapDevice mvt0 -NetworkNamespace {ns} -StandardOutputPath ")]
    [InlineData("Start-TapProcess true -TapDevice mvt0 -NetworkNamespace {ns} -StandardErrorPath ")]
    [InlineData("Receive-TapFrame mvt0 -NetworkNamespace {ns} -Path ")]
    [InlineData("Watch-LinkFrame mvt0 -NetworkNamespace {ns} -Path ")]
    [InlineData("New-EthernetFrame 52:54:00:00:00:01 | Export-FrameCapture ")]
    public async Task Waiting_for_the_reader_of_a_pipe_stops(string line)
    {
        Requires.Kind("macvtap");
        string directory = Directory.CreateTempSubdirectory("mvtt-").FullName;
        try
        {
            string pipe = Path.Combine(directory, "pipe");
            Programs.Run("mkfifo", pipe);
            Assert.Empty(_shell.Invoke(_lab.Fill("New-MacvtapLink mvt0 eth0 -InterfaceIndex {i1} -Up -NetworkNamespace {ns} | Out-Null")).Errors);
            Task<ShellResult> run = _shell.InvokeAsync(_lab.Fill(line) + pipe);
            Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(300, TestContext.Current.CancellationToken)));
            Stop(run);
            Assert.True((await run).WasStopped);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>An Open vSwitch that takes what it is asked and never answers: the database, or the switch itself.</summary>
    [Theory]
    [InlineData("ovsdb-server", "Get-BridgePort sw1 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")]
    [InlineData("ovs-vswitchd", "Get-BridgePort sw1 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")]
    [InlineData("ovs-vswitchd", "Enable-Hairpin sw1 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")]
    [InlineData("ovsdb-server", "Show-LinkTopology -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")]
    [InlineData("ovs-vswitchd", "Test-LinkReachability -LowerDevice sw0 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")]
    public async Task Waiting_for_a_switch_that_is_frozen_stops(string program, string line)
    {
        OpenVswitch.Require();
        string filled = _lab.Fill(line);
        string id = (await File.ReadAllTextAsync(_lab.Fill($"{{ovs}}/{program}.pid"), TestContext.Current.CancellationToken)).Trim();
        Assert.Empty(_shell.Invoke(_lab.Fill("Get-BridgePort sw1 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")).Errors);
        Programs.Run("kill", "-STOP", id);
        try
        {
            Task<ShellResult> run = _shell.InvokeAsync(filled);
            Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(500, TestContext.Current.CancellationToken)));
            Stop(run);
            Assert.True((await run).WasStopped);
        }
        finally
        {
            Programs.Run("kill", "-CONT", id);
        }
    }

    /// <summary>Where as many wait for a frozen server as it lets, the kernel lets the next one wait for good (unix(7), listen(2)).</summary>
    [Fact]
    public void A_database_that_takes_no_more_connections_is_an_error_at_once()
    {
        OpenVswitch.Require();
        string directory = _lab.Fill("{ovs}");
        Assert.Empty(_shell.Invoke(_lab.Fill("Get-BridgePort sw1 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}")).Errors);
        string id = File.ReadAllText(Path.Combine(directory, "ovsdb-server.pid")).Trim();
        List<Socket> waiting = [];
        Programs.Run("kill", "-STOP", id);
        try
        {
            while (TryConnect(Path.Combine(directory, "db.sock")) is { } socket) waiting.Add(socket);
            long start = Stopwatch.GetTimestamp();
            ShellResult result = _shell.Invoke(_lab.Fill("Get-BridgePort sw1 -NetworkNamespace {ns} -OpenVswitchDatabase {ovs}"));
            Assert.StartsWith("OpenVswitchError", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            output.WriteLine($"{waiting.Count} connections wait; the error came after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms.");
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, _patience);
        }
        finally
        {
            Programs.Run("kill", "-CONT", id);
            waiting.ForEach(s => s.Dispose());
        }
    }

    private static Socket? TryConnect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private void Stop(Task<ShellResult> run)
    {
        bool wasRunning = !run.IsCompleted;
        long start = Stopwatch.GetTimestamp();
        _shell.Stop();
        Assert.True(run.Wait(_patience), $"The pipeline did not stop within {_patience}.");
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"Stopped after {taken.TotalMilliseconds:F1} ms (target {_target.TotalMilliseconds:F0} ms{(taken > _target ? ", MISSED" : string.Empty)}); it {(wasRunning ? "was running" : "had ended by itself")}.");
        if (wasRunning && !run.Result.WasStopped) output.WriteLine("It ended by itself while it was being stopped.");
        Assert.Empty(run.Result.Errors);
        Assert.InRange(taken, TimeSpan.Zero, _bound);
    }

    private void MakeMacvlans(int count)
    {
        string batch = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"link add link eth0 name s{i} type macvlan mode bridge\nlink set s{i} addrgenmode none\nlink set s{i} up\n")));
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, batch);
            Programs.Run("ip", "-n", _lab.Namespace, "-batch", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The links of a pattern, read by another shell.</summary>
    private Link[] Names(string pattern) => [.. ShippedModule.NewShell().Invoke(_lab.Fill($"Get-Link {pattern} -NetworkNamespace {{ns}}")).Objects<Link>()];

    /// <summary>A deletion in the kernel ends after the command did.</summary>
    private Link[] WaitUntilSettled(string pattern)
    {
        long start = Environment.TickCount64;
        Link[] before = Names(pattern);
        while (true)
        {
            Thread.Sleep(500);
            Link[] now = Names(pattern);
            if (now.Length == before.Length && now.All(l => l.Group == 0)) return now;
            Assert.True(Environment.TickCount64 - start < _patience.TotalMilliseconds, "The deletion did not end.");
            before = now;
        }
    }

    private static void WaitUntil(Func<bool> condition, Task<ShellResult> run)
    {
        long start = Environment.TickCount64;
        while (!condition() && !run.IsCompleted)
            Assert.True(Environment.TickCount64 - start < _patience.TotalMilliseconds, "It did not get going.");
        Assert.False(run.IsCompleted, "It ended before it could be stopped.");
    }
}
