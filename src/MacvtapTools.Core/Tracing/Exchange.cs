using System.Diagnostics;

namespace MacvtapTools.Tracing;

/// <summary>Requests that were sent together, and what came back.</summary>
/// <param name="requests">The requests in words.</param>
internal sealed class Exchange(string requests)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    internal string Requests { get; } = requests;

    /// <summary>From the sending to the last answer.</summary>
    internal TimeSpan Duration { get; private set; }

    /// <summary>The answers in words, and how often each came; in the order of their first.</summary>
    internal Dictionary<string, int> Replies { get; } = [];

    /// <summary>An answer came now.</summary>
    internal void Touch() => Duration = Stopwatch.GetElapsedTime(_started);
}
