namespace MacvtapTools;

/// <summary>How a reflective relay is.</summary>
public enum ReflectiveRelayStatus
{
    /// <summary>All parts are there, switched on, and frames come back.</summary>
    Ready,

    /// <summary>All parts are there, but something keeps frames from coming back or going on: see Problem.</summary>
    Changed,

    /// <summary>A part is missing: see Problem.</summary>
    Incomplete,
}
