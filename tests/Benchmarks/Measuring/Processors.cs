using System.Runtime.InteropServices;

namespace MacvtapTools.Benchmarks.Measuring;

/// <summary>
/// Where threads run. One that writes and one that reads are faster or slower by a third as the scheduler puts them on one processor or on two, so that both sides of a
/// comparison are told where.
/// </summary>
internal static partial class Processors
{
    private const int MaskWords = 16; // 1024 processors

    /// <summary>The numbers of two processors for a writer and a reader; -1 for both where there is one only, and they run where they may.</summary>
    internal static (int Writer, int Reader) Pair { get; } = FindPair();

    /// <summary>In words, for the conditions of a row.</summary>
    internal static string Words => Pair.Writer < 0 ? "one processor" : $"processors {Pair.Writer} and {Pair.Reader}";

    /// <summary>Binds the calling thread to a processor; -1 leaves it where it may run.</summary>
    internal static unsafe void Bind(int processor)
    {
        if (processor < 0) return;
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        mask[processor / 64] = 1UL << (processor % 64);
        if (SetAffinity(0, MaskWords * sizeof(ulong), mask) < 0) throw new InvalidOperationException($"No thread can be bound to processor {processor}.");
    }

    private static unsafe (int Writer, int Reader) FindPair()
    {
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        if (GetAffinity(0, MaskWords * sizeof(ulong), mask) < 0) return (-1, -1);
        var allowed = new List<int>();
        for (int i = 0; i < MaskWords * 64; i++)
        {
            if ((mask[i / 64] >> (i % 64) & 1) != 0) allowed.Add(i);
        }

        return allowed.Count < 2 ? (-1, -1) : (allowed[0], allowed[1]);
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static unsafe partial int GetAffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static unsafe partial int SetAffinity(int thread, nint size, ulong* mask);
}
