using System.Runtime.InteropServices;

namespace MacvtapTools.Benchmarks.Measuring;

/// <summary>Time that a processor worked, which other programs on the machine change far less than the time of the clock on the wall.</summary>
internal static partial class ProcessorTime
{
    private const int CLOCK_THREAD_CPUTIME_ID = 3;
    private const int RUSAGE_CHILDREN = -1;
    private const int UsageWords = 32; // struct rusage has 18

    /// <summary>Nanoseconds of the calling thread.</summary>
    internal static unsafe long OfThread
    {
        get
        {
            nint* time = stackalloc nint[2];
            if (GetTime(CLOCK_THREAD_CPUTIME_ID, time) < 0) throw new InvalidOperationException("The kernel does not tell the processor time of a thread.");
            return (time[0] * 1_000_000_000L) + time[1];
        }
    }

    /// <summary>Milliseconds of all programs that this one started and that have ended.</summary>
    internal static unsafe double OfEndedPrograms
    {
        get
        {
            nint* usage = stackalloc nint[UsageWords];
            if (GetUsage(RUSAGE_CHILDREN, usage) < 0) throw new InvalidOperationException("The kernel does not tell the processor time of programs.");
            // Two timevals: user and system.
            return ((usage[0] + usage[2]) * 1000.0) + ((usage[1] + usage[3]) / 1000.0);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static unsafe partial int GetTime(int clock, nint* time);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, nint* usage);
}
