namespace MacvtapTools.Forwarding;

/// <summary>Another port of the bridge behind the lower device.</summary>
internal sealed record ScenePort(string Name, int InterfaceIndex, bool Forwards, bool IsIsolated);
