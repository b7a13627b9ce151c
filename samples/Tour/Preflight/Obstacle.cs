namespace MacvtapTools.Tour.Preflight;

/// <summary>Why the tour cannot run here.</summary>
/// <param name="Missing">What is missing.</param>
/// <param name="Help">What would help.</param>
/// <param name="IsPermission">Whether it is only a matter of rights.</param>
internal sealed record Obstacle(string Missing, string Help, bool IsPermission = false);
