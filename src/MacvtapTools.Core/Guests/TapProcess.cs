using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Interop;

namespace MacvtapTools;

/// <summary>
/// A program that was started with tap devices, usually a virtual machine. It has them as descriptors 3, 4 and so on, and keeps them as long as it runs, also when this
/// process is gone. When it ends it is reaped at once, and its exit code kept here.
/// </summary>
public sealed class TapProcess
{
    private const int SignalMask = 0x7F;
    private const int FirstSignalExitCode = 128;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KeptText? _errorText;

    internal TapProcess(int id, string path, IReadOnlyList<string> arguments, IReadOnlyList<GuestTap> taps, DateTime time, ProgramStart start, KeptText? errorText)
    {
        Id = id;
        FilePath = path;
        ArgumentList = arguments;
        TapDevice = [.. taps.Select(t => t.Device).OfType<TapDevice>()];
        LinkName = [.. taps.Select(t => t.Name)];
        StartTime = time;
        StandardOutputPath = start.StandardOutputPath;
        StandardErrorPath = start.StandardErrorPath;
        NetworkNamespace = start.NetworkNamespace;
        _errorText = errorText;
        // The kernel tells only the parent how a child ended, and keeps the child as a zombie until it has.
        new Thread(Reap, 512 * 1024) { IsBackground = true, Name = $"MacvtapTools child {id}" }.UnsafeStart();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>The program's file name. (Not called Name: Wait-Process would wait for every process of that name.)</summary>
    public string ProgramName => Path.GetFileName(FilePath);

    /// <summary>The program's absolute path.</summary>
    public string FilePath { get; }

    /// <summary>The arguments as the program got them, with all placeholders filled in.</summary>
    public IReadOnlyList<string> ArgumentList { get; }

    /// <summary>The tap devices of macvtap links that it was started with.</summary>
    public IReadOnlyList<TapDevice> TapDevice { get; }

    /// <summary>The links of all tap devices that it was started with, classic taps among them.</summary>
    public IReadOnlyList<string> LinkName { get; }

    /// <summary>When it was started, local time.</summary>
    public DateTime StartTime { get; }

    /// <summary>The network namespace that it was started in, as the user called it; null for the shell's.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _ended.Task.IsCompleted;

    /// <summary>
    /// How it ended: its exit code, 0 to 255, or 128 and the number of the signal that ended it. Null while it runs, and where something else in this process reaped
    /// it.
    /// </summary>
    public int? ExitCode { get; private set; }

    /// <summary>The file that takes its standard output; null for none.</summary>
    public string? StandardOutputPath { get; }

    /// <summary>The file that takes its standard error; null for none.</summary>
    public string? StandardErrorPath { get; }

    /// <summary>What it wrote to standard error so far, without a file for it the first 256 KiB; empty where it writes to the terminal.</summary>
    public string StandardError
    {
        get
        {
            if (_errorText is not null)
                return _errorText.Read();
            // What was written to a pipe or a terminal is its reader's; to read it here would wait for more.
            bool isKept = StandardErrorPath is not null && Libc.Status(Libc.AT_FDCWD, StandardErrorPath, 0, out FileStatus status) && status.IsRegular;
            return isKept ? File.ReadAllText(StandardErrorPath!) : string.Empty;
        }
    }

    /// <summary>The signal that ended it, or null.</summary>
    internal int? Signaled { get; private set; }

    /// <summary>The process as .NET sees it, for its memory and times; null when it has ended.</summary>
    public Process? GetProcess()
    {
        try
        {
            return HasExited ? null : Process.GetProcessById(Id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Whether it has ended.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public bool WaitForExit(TimeSpan timeout, CancellationToken cancellation = default) => WaitForExit(timeout, null, cancellation);

    /// <summary>The same, calling <paramref name="waiting"/> several times a second meanwhile.</summary>
    internal bool WaitForExit(TimeSpan timeout, Action? waiting, CancellationToken cancellation)
    {
        bool isEndless = timeout < TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue;
        for (long started = Stopwatch.GetTimestamp(); ; waiting?.Invoke())
        {
            TimeSpan left = isEndless ? Slice : timeout - Stopwatch.GetElapsedTime(started);
            if (left < TimeSpan.Zero)
                left = TimeSpan.Zero;
            if (_ended.Task.Wait(left < Slice ? left : Slice, cancellation))
                return true;
            if (!isEndless && left <= Slice)
                return false;
        }
    }

    /// <summary>Ends it: asks by SIGTERM, and after a while ends it by SIGKILL. Nothing where it has ended.</summary>
    /// <param name="patience">How long it has to end by itself; zero for none.</param>
    /// <param name="cancellation">Ends the waiting; the request stands.</param>
    /// <returns>Whether it ended by itself.</returns>
    /// <exception cref="MacvtapException"><see cref="FailureId.AccessDenied"/>: it became another user. <see cref="FailureId.ProgramTimeout"/>: it hangs in the kernel.</exception>
    public bool Stop(TimeSpan patience, CancellationToken cancellation = default) => Stop(patience, null, cancellation);

    /// <summary>The same, calling <paramref name="waiting"/> several times a second meanwhile.</summary>
    internal bool Stop(TimeSpan patience, Action? waiting, CancellationToken cancellation)
    {
        if (patience > TimeSpan.Zero)
        {
            Signal(Libc.SIGTERM);
            if (WaitForExit(patience, waiting, cancellation))
                return true;
        }
        else if (HasExited)
        {
            return true;
        }

        Signal(Libc.SIGKILL);
        if (!WaitForExit(TimeSpan.FromSeconds(10), waiting, cancellation))
            throw new MacvtapException(FailureId.ProgramTimeout, $"{this} does not end: it hangs in the kernel.", $"/proc/{Id}/stack says where.", this);
        return false;
    }

    /// <summary>The name and the process id.</summary>
    public override string ToString() => $"{ProgramName} ({Id})";

    /// <summary>Sends a signal, and to nobody else: while it is not reaped, nobody gets its id.</summary>
    internal void Signal(int number)
    {
        lock (_gate)
        {
            if (HasExited || Libc.Kill(Id, number) == 0)
                return;
        }

        KernelException failure = KernelException.FromLastError($"kill {Id}");
        if (failure.Errno != Errno.ESRCH)
            throw new MacvtapException(failure.Errno == Errno.EPERM ? FailureId.AccessDenied : FailureId.KernelError, $"{this} could not be sent a signal.", null, this, failure);
    }

    private void Reap()
    {
        Libc.AwaitEnd(Id);
        lock (_gate)
        {
            if (Libc.Reap(Id, out int status))
            {
                int signal = status & SignalMask;
                Signaled = signal == 0 ? null : signal;
                ExitCode = signal == 0 ? (status >> 8) & 0xFF : FirstSignalExitCode + signal;
            }

            _ended.TrySetResult();
        }
    }
}
