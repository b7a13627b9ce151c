namespace MacvtapTools;

/// <summary>How far a relay is.</summary>
public enum TapRelayState
{
    /// <summary>Nobody is at the other side yet. What comes from the link is lost.</summary>
    Listening,

    /// <summary>Frames pass.</summary>
    Running,

    /// <summary>It has ended for good; <see cref="TapRelay.Reason"/> says why.</summary>
    Ended,
}
