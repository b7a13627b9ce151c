namespace MacvtapTools.Tour.Shells;

/// <summary>What runs the tour's lines.</summary>
internal interface ITourShell : IDisposable
{
    /// <summary>Its name, for the headline.</summary>
    string Title { get; }

    /// <summary>The process that runs the lines, $PID for them: the names of what they make have it.</summary>
    int ProcessId { get; }

    /// <summary>Runs one statement and waits for its end.</summary>
    LineResult Run(string line);

    /// <summary>Stops what runs, from another thread.</summary>
    void Stop();
}
