namespace MacvtapTools.Tour.Frames;

/// <summary>A frame that was sent, and what became of it.</summary>
/// <param name="From">The sender's link.</param>
/// <param name="To">The link that it was for.</param>
/// <param name="Kind">Whether it had that link's address, or was for everybody.</param>
/// <param name="Arrived">Whether that link received it.</param>
/// <param name="SeenBy">Every open device that received it.</param>
public sealed record TourFrame(string From, string To, FrameKind Kind, bool Arrived, string[] SeenBy);
