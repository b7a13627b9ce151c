namespace MacvtapTools.Tour.Frames;

/// <summary>For whom a frame is.</summary>
public enum FrameKind
{
    /// <summary>For one receiver.</summary>
    Unicast,

    /// <summary>For everybody.</summary>
    Broadcast,
}
