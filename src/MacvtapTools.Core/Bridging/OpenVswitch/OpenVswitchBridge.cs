namespace MacvtapTools.Bridging;

/// <summary>A bridge of Open vSwitch. Its local port, a link with its name, stands for it.</summary>
/// <param name="Name">The name.</param>
/// <param name="LocalPort">The local port; null where it could not be opened.</param>
internal sealed record OpenVswitchBridge(string Name, OpenVswitchPort? LocalPort)
{
    /// <summary>Whether a link is the local port.</summary>
    internal bool Is(Link link) => LocalPort?.Is(link) == true;
}
