namespace MacvtapTools.Taps;

/// <summary>Which link an endpoint is of.</summary>
internal sealed record EndpointLink(string Name, int InterfaceIndex, string? NetworkNamespace, string Path, TapMode Mode, TapDevice? Device = null);
