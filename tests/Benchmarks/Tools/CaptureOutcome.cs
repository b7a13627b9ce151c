namespace MacvtapTools.Benchmarks.Tools;

/// <summary>What a capture took.</summary>
/// <param name="Milliseconds">From the first frame that was sent to the end of the file.</param>
/// <param name="Processor">Milliseconds of processor time of the program that wrote it.</param>
/// <param name="Dropped">How many frames the kernel dropped because they were not taken in time.</param>
/// <param name="PeakMemory">The most memory that the shell had since its start, in KiB; 0 for another program.</param>
internal sealed record CaptureOutcome(double Milliseconds, double Processor, long Dropped, long PeakMemory = 0);
