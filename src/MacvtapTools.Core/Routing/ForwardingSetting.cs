namespace MacvtapTools.Routing;

/// <summary>A setting that is to be written.</summary>
/// <param name="Path">Where it is, below /proc/sys/net.</param>
/// <param name="Value">What it is to be.</param>
/// <param name="PathOfLink">For the switch of a whole namespace, where the setting of each link is that shall have the same value; null where the links' own do not follow.</param>
internal readonly record struct ForwardingSetting(string Path, bool Value, Func<string?, string>? PathOfLink);
