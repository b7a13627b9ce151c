using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Guests;

[Collection("Guest programs")]
public sealed class TapProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lab _lab = new();
    private readonly List<TapProcess> _started = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;

    public void Dispose()
    {
        foreach (TapProcess process in _started)
            process.Stop(TimeSpan.Zero);
        _lab.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void A_program_has_its_queues_and_nothing_else()
    {
        using TapEndpoint endpoint = Open(out _, queues: 3);
        // Not close-on-exec, as a careless library leaves one: this would leak.
        int careless = DuplicateWithoutCloseOnExec(0);
        TapProcess process = Start("ls", ["/proc/self/fd"], endpoint);
        _ = Close(careless);
        // ls opens the directory itself, as the next free number.
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], Output(process).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Its_input_is_empty_its_signals_are_as_after_a_boot_and_it_has_a_group_of_its_own()
    {
        using TapEndpoint endpoint = Open(out _);
        TapProcess process = Start("sh", ["-c", "readlink /proc/self/fd/0; cat; grep -E 'SigBlk|SigIgn' /proc/self/status; cut -d' ' -f5 /proc/$$/stat"], endpoint);
        string[] lines = Output(process).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("/dev/null", lines[0]);
        Assert.EndsWith("0000000000000000", lines[1], StringComparison.Ordinal);
        // The C library keeps two real-time signals to itself; the first 31 are the ordinary ones.
        Assert.Equal(0ul, Convert.ToUInt64(lines[2].Split('\t')[1], 16) & 0x7FFFFFFF);
        Assert.Equal(process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), lines[3]);
    }

    [Fact]
    public void Arguments_directory_and_environment_arrive_as_they_are()
    {
        using TapEndpoint endpoint = Open(out _);
        string odd = "a b\t'\"$HOME`;|&*? {{ü}} \n";
        TapProcess process = Start("sh", ["-c", "printf '%s|' \"$PWD\" \"$ODD\" \"$HOME\" \"$@\"", "sh", odd, "", "{fd} {mac} {name} {vnethdrsz}"], endpoint, start => start with
        {
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string> { ["ODD"] = "ö=1\n", ["PATH"] = "/usr/bin:/bin" },
        });
        Assert.Equal($"/|ö=1\n||{odd.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)}||3 {endpoint.MacAddress} mvt0 0|", Output(process));
    }

    [Fact]
    public void A_directory_that_may_not_be_entered_is_told_as_such()
    {
        const uint Nobody = 65534;
        ProgramStart start = new() { Program = "/bin/true", Arguments = [], WorkingDirectory = _directory, Environment = new Dictionary<string, string>() };
        Assert.EndsWith("true", ProgramStarter.Check(start, 0), StringComparison.Ordinal);
        MacvtapException failure = Assert.Throws<MacvtapException>(() => AsOtherUser.Run(() => ProgramStarter.Check(start, 0), Nobody));
        Assert.Equal(FailureId.AccessDenied, failure.Id);
        Assert.Contains(_directory, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_says_to_a_pipe_is_for_its_reader()
    {
        using TapEndpoint endpoint = Open(out _);
        string pipe = Path.Combine(_directory, "pipe");
        Programs.Run("mkfifo", pipe);
        Task<string> reading = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        TapProcess process = Start("sh", ["-c", "echo heard >&2"], endpoint, start => start with { StandardErrorPath = pipe });
        Assert.True(process.WaitForExit(Patience));
        Assert.Equal("heard\n", await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(string.Empty, process.StandardError);
    }

    [Fact]
    public void It_sends_a_frame_through_its_descriptor_when_we_have_closed_ours()
    {
        string networkNamespace = _lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        int second = Lab.NewIndex();
        Lab.AddMacvtap(networkNamespace, "mvt1", "v0", second);
        using TapEndpoint receiver = TapEndpoint.Open(Locate(networkNamespace, "mvt1"));
        TapProcess process;
        using (TapEndpoint sender = TapEndpoint.Open(Locate(networkNamespace, "mvt0")))
        {
            string frame = string.Concat($"ff:ff:ff:ff:ff:ff:{sender.MacAddress}:88:b5".Split(':').Select(b => $"\\x{b}")) + new string('x', 50);
            process = Start("bash", ["-c", $"sleep 0.2; printf '{frame}' >&{{fd}}"], sender);
        }

        byte[] buffer = new byte[2000];
        for (Stopwatch watch = Stopwatch.StartNew(); ;)
        {
            Assert.True(receiver.TryReceive(buffer, Patience, out int length), "No frame came.");
            if (length == 64 && buffer[12] == 0x88 && buffer[13] == 0xB5)
                break;
            Assert.True(watch.Elapsed < Patience, "The frame did not come.");
        }

        Assert.True(process.WaitForExit(Patience));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void It_starts_in_the_callers_namespace_or_in_the_one_that_is_named()
    {
        using TapEndpoint endpoint = Open(out string networkNamespace);
        string here = File.ResolveLinkTarget("/proc/self/ns/net", false)!.Name;
        Assert.Equal(here, Output(Start("readlink", ["/proc/self/ns/net"], endpoint)).Trim());
        string there = Output(Start("readlink", ["/proc/self/ns/net"], endpoint, start => start with { NetworkNamespace = networkNamespace })).Trim();
        Assert.Equal(Programs.Run("ip", "netns", "exec", networkNamespace, "readlink", "/proc/self/ns/net").Trim(), there);
        Assert.NotEqual(here, there);
        Assert.Equal(here, File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void It_is_reaped_and_its_exit_code_kept(string script, int exitCode)
    {
        using TapEndpoint endpoint = Open(out _);
        TapProcess process = Start("sh", ["-c", script], endpoint);
        Assert.True(process.WaitForExit(Patience));
        Assert.Equal((true, exitCode), (process.HasExited, process.ExitCode));
        Assert.False(Directory.Exists($"/proc/{process.Id}"), "It is a zombie.");
        Assert.Null(process.GetProcess());
        Assert.True(process.Stop(TimeSpan.Zero));
    }

    [Fact]
    public void One_that_does_not_end_when_it_is_asked_is_killed()
    {
        using TapEndpoint endpoint = Open(out _);
        string ready = Path.Combine(_directory, "ready");
        TapProcess process = Start("sh", ["-c", $"trap '' TERM; echo > {ready}; sleep 1000 & wait; exec sleep 1000"], endpoint);
        for (Stopwatch watch = Stopwatch.StartNew(); !File.Exists(ready); Thread.Yield())
            Assert.True(watch.Elapsed < Patience);
        int child = int.Parse(Programs.Run("pgrep", "-P", $"{process.Id}"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(process.WaitForExit(TimeSpan.FromMilliseconds(50)));
        Assert.False(process.Stop(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(137, process.ExitCode);
        Programs.Try("kill", "-9", $"{child}");
    }

    [Theory]
    [InlineData("echo one >&2; echo two >&2; exit 3", "exit code 3", "one / two")]
    [InlineData("kill -9 $$", "signal 9", "nothing")]
    public void One_that_fails_at_once_is_a_failure_in_its_own_words(string script, string how, string words)
    {
        using TapEndpoint endpoint = Open(out _);
        MacvtapException failure = Assert.Throws<MacvtapException>(() => Start("sh", ["-c", script], endpoint, start => start with { StartupTime = Patience }));
        Assert.Equal(FailureId.ProgramFailed, failure.Id);
        Assert.Contains(how, failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_writes_to_standard_error_can_be_read_while_it_runs_and_has_a_limit()
    {
        using TapEndpoint endpoint = Open(out _);
        TapProcess process = Start("sh", ["-c", "echo first >&2; head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 4"], endpoint);
        Assert.True(process.WaitForExit(Patience));
        Assert.Equal(4, process.ExitCode);
        Assert.StartsWith("first\nxxx", process.StandardError, StringComparison.Ordinal);
        Assert.Equal(256 * 1024, process.StandardError.Length);
    }

    [Theory]
    [InlineData("#!/nowhere/interpreter\n", FailureId.ProgramNotFound)]
    [InlineData("no program", FailureId.ProgramNotExecutable)]
    public void What_the_kernel_does_not_run_is_no_program(string content, FailureId id)
    {
        using TapEndpoint endpoint = Open(out _);
        string path = Path.Combine(_directory, "program");
        File.WriteAllText(path, content);
        Programs.Run("chmod", "755", path);
        int before = SpawnDescriptors();
        Assert.Equal(id, Assert.Throws<MacvtapException>(() => Start(path, [], endpoint)).Id);
        Assert.True(SpawnDescriptors() <= before, "Something stays open.");
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_a_failure_and_nothing_stays_open()
    {
        using TapEndpoint endpoint = Open(out _);
        int before = SpawnDescriptors();
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => Start("sh", ["-c", "true"], endpoint, start => start with { StandardOutputPath = "/nowhere/x" })).Id);
        Assert.True(SpawnDescriptors() <= before, "Something stays open.");
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup")]
    private static extern int DuplicateWithoutCloseOnExec(int descriptor);

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    // Of the kind that only a start opens. Those of earlier processes go when their objects do.
    private static int SpawnDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Count(static path =>
    {
        try
        {
            return File.ResolveLinkTarget(path, false)?.FullName.Contains("memfd:standard error", StringComparison.Ordinal) == true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    });

    private TapEndpoint Open(out string networkNamespace, int queues = 1)
    {
        networkNamespace = _lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        return TapEndpoint.Open(Locate(networkNamespace, "mvt0"), new TapEndpointOptions { QueueCount = queues });
    }

    private static TapDevice Locate(string networkNamespace, string name)
    {
        using MacvtapTools.Links.LinkSession session = MacvtapTools.Links.LinkSession.Open(networkNamespace);
        return new MacvtapTools.Taps.TapDeviceLocator().Locate(session, session.Reader.Find(name)!);
    }

    private TapProcess Start(string program, string[] arguments, TapEndpoint endpoint, Func<ProgramStart, ProgramStart>? change = null)
    {
        ProgramStart start = new()
        {
            Program = program,
            Arguments = arguments,
            WorkingDirectory = _directory,
            Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
            StandardOutputPath = Path.Combine(_directory, "output"),
        };
        TapProcess process = ProgramStarter.Start(change is null ? start : change(start), [GuestTap.Of(endpoint)], CancellationToken.None);
        _started.Add(process);
        return process;
    }

    private static string Output(TapProcess process)
    {
        Assert.True(process.WaitForExit(Patience));
        return File.ReadAllText(process.StandardOutputPath!);
    }
}
