using MacvtapTools.Forwarding;
using MacvtapTools.Protection;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>Scenes by chance, the same ones for the same seed.</summary>
internal sealed class SceneGenerator(int seed)
{
    private static readonly LinkMode[] Modes = [LinkMode.Private, LinkMode.Vepa, LinkMode.Bridge, LinkMode.Source];
    private readonly Random _chance = new(seed);

    internal ForwardingScene Next()
    {
        int count = _chance.Next(1, 8);
        bool isPassthru = _chance.Next(10) == 0;
        SceneLink[] links =
        [
            .. Scenes.Links(Enumerable.Repeat(0, isPassthru ? 1 : count).Select(_ => isPassthru ? LinkMode.Passthru : Modes[_chance.Next(Modes.Length)])).Select(l => l with
            {
                Address = isPassthru ? Scenes.LowerAddress : l.Address,
                IsUp = !Rarely(),
                HasCarrier = !Rarely(),
                TakesEveryGroup = Rarely(),
                Groups = Half() ? new HashSet<ulong> { Scenes.Group } : [],
                Flags = l.Mode == LinkMode.Source && Rarely() ? ModeFlag.NoDestination : ModeFlag.None,
                Guard = Rarely() ? Guard(count) : SceneGuard.None,
                Sources = l.Mode == LinkMode.Source ? [.. Enumerable.Range(0, count).Where(_ => Half()).Select(i => Scenes.FirstAddress + (ulong)i)] : [],
            }),
        ];
        return Scenes.Of(Behind(), links) with
        {
            OutsideAddress = Half() ? Scenes.OutsideAddress : 0,
            Lower = new SceneLower { Name = "eth0", Address = Scenes.LowerAddress, IsUp = !Rarely(), HasCarrier = !Rarely() },
        };
    }

    private SceneGuard Guard(int count) => new()
    {
        Rules = Half()
            ? new ProtectionRules
            {
                Isolate = Half(),
                Siblings = [.. Enumerable.Range(0, count).Where(_ => Half()).Select(i => Scenes.FirstAddress + (ulong)i)],
                Sources = Half() ? [.. Enumerable.Range(0, count).Where(_ => Half()).Select(i => Scenes.FirstAddress + (ulong)i)] : [],
            }
            : null,
        HasUnknownSending = Rarely(),
        HasUnknownReceiving = Rarely(),
        IsPreceded = Rarely(),
    };

    private SceneSwitch Behind() => _chance.Next(8) switch
    {
        0 => SceneSwitch.Unknown,
        1 => new SceneSwitch { Behaviour = SwitchBehaviour.None },
        2 => Scenes.Bridge(Half()) with { OutsidePort = null, IsOutsideBridge = true },
        _ => Scenes.Bridge(Half()) with
        {
            State = Rarely() ? (BridgePortState)_chance.Next(5) : BridgePortState.Forwarding,
            Settings = Settings(),
            SnoopsMulticast = Half(),
            FiltersVlans = Rarely(),
            OutsidePort = Rarely() ? null : new ScenePort("p1", 14, Settings()),
        },
    };

    private PortSettings Settings() => new()
    {
        IsIsolated = Rarely(),
        FloodsBroadcast = !Rarely(),
        FloodsMulticast = !Rarely(),
        FloodsUnicast = !Rarely(),
        Learns = !Rarely(),
        IsLocked = Rarely(),
    };

    private bool Half() => _chance.Next(2) == 0;

    private bool Rarely() => _chance.Next(6) == 0;
}
