namespace MacvtapTools.Tour;

/// <summary>How the tour ends.</summary>
internal static class ExitCode
{
    internal const int AsPromised = 0;
    internal const int NotAsPromised = 1;
    internal const int CannotRun = 2;

    /// <summary>What shells add to a signal's number.</summary>
    internal const int Signalled = 128;
}
