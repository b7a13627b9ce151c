namespace MacvtapTools.Benchmarks.Measuring;

/// <summary>
/// Runs contenders in turns. What disturbs the machine for a while then disturbs all of them alike, and each round begins with another one,
/// so that none has the same predecessor each time.
/// </summary>
internal static class Interleaved
{
    internal static void Run(int rounds, CancellationToken stop, params Contender[] contenders)
    {
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contenders.Length; turn++)
            {
                stop.ThrowIfCancellationRequested();
                contenders[(round + turn) % contenders.Length].Run();
            }
        }
    }
}
