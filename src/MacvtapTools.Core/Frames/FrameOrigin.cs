namespace MacvtapTools.Frames;

/// <summary>Where frames come from: one object for all frames of one source.</summary>
/// <param name="LinkName">The link's name, or what a capture file calls it; null where nobody says.</param>
/// <param name="InterfaceIndex">The link's index; 0 where it is not known.</param>
/// <param name="NetworkNamespace">The namespace as the user named it; null for the current one.</param>
internal sealed record FrameOrigin(string? LinkName, int InterfaceIndex, string? NetworkNamespace)
{
    /// <summary>Of frames that nobody received.</summary>
    internal static FrameOrigin None { get; } = new(null, 0, null);
}
