using MacvtapTools.Forwarding;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>Scenes for the model.</summary>
internal static class Scenes
{
    internal const ulong LowerAddress = 0x0200_0000_1000;
    internal const ulong OutsideAddress = 0x0200_0000_1300;
    internal const ulong FirstAddress = 0x0200_0000_0001;
    internal const ulong Group = 0x0100_5e00_00fb;

    internal static SceneSwitch Bridge(bool hairpin) => new()
    {
        Behaviour = hairpin ? SwitchBehaviour.ReflectiveRelay : SwitchBehaviour.Plain,
        Port = "p0",
        Bridge = "br0",
        IsPortReadable = true,
        OutsidePort = new ScenePort("p1", 14, PortSettings.Usual),
    };

    internal static ForwardingScene Of(SceneSwitch behind, params IEnumerable<SceneLink> links) => new()
    {
        Lower = new SceneLower { Name = "eth0", Address = LowerAddress },
        Links = [.. links],
        Switch = behind,
        OutsideAddress = OutsideAddress,
    };

    /// <summary>Links of these modes, m0, m1 and so on.</summary>
    internal static IEnumerable<SceneLink> Links(params IEnumerable<LinkMode> modes) =>
        modes.Select((mode, i) => new SceneLink { Name = $"m{i}", InterfaceIndex = 20 + i, Mode = mode, Address = FirstAddress + (ulong)i });

    internal static ForwardingModel Model(ForwardingScene scene) => new(scene, Group);
}
