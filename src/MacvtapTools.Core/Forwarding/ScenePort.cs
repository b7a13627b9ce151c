namespace MacvtapTools.Forwarding;

/// <summary>The port of the bridge that the host outside is behind, which forwards. Frames to it leave the bridge there, and those from it enter there.</summary>
internal sealed record ScenePort(string Name, int InterfaceIndex, PortSettings Settings);
