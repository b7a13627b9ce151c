namespace MacvtapTools.Forwarding;

/// <summary>What was found behind a lower device.</summary>
/// <param name="Switch">What the model is told.</param>
/// <param name="Port">The port at the other end, to watch; null where there is none here.</param>
/// <param name="Outside">A link that stands for a host outside; null where there is none here.</param>
/// <param name="OutsideAddress">Its MAC address.</param>
internal sealed record SwitchView(SceneSwitch Switch, ProbePlace? Port = null, ProbePlace? Outside = null, ulong OutsideAddress = 0);
