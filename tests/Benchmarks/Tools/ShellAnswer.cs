namespace MacvtapTools.Benchmarks.Tools;

/// <summary>What a shell tells of a piece of work.</summary>
/// <param name="Milliseconds">What it took, by the clock.</param>
/// <param name="Processor">Milliseconds of the shell's processor time.</param>
/// <param name="PeakMemory">The most memory that the shell had since its start, in KiB (VmHWM).</param>
/// <param name="Count">How many things it came to.</param>
/// <param name="Dropped">How many frames the kernel dropped because they were not taken in time.</param>
internal sealed record ShellAnswer(double Milliseconds, double Processor, long PeakMemory, long Count, long Dropped);
