using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>What came into /dev with a macvtap.</summary>
/// <param name="Path">Where the node had to be.</param>
/// <param name="Found">What was there; null for nothing.</param>
/// <param name="Error">What opening it gave.</param>
internal readonly record struct NodeOutcome(string Path, HostFile? Found, Errno Error);
