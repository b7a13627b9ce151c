namespace MacvtapTools.Tour.Frames;

/// <summary>What the tour promises of a frame.</summary>
public enum Expectation
{
    /// <summary>It reaches its receiver.</summary>
    Arrival,

    /// <summary>It does not.</summary>
    Loss,
}
