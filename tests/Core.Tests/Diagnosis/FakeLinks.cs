using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>Links without a kernel.</summary>
internal static class FakeLinks
{
    private const uint Up = 0x1;
    private const uint LowerUp = 0x10000;

    /// <summary>A link; the kind decides its class.</summary>
    internal static Link Make(string name, int index, string? kind, Action<LinkRecord>? change = null, string? lower = null, string? master = null)
    {
        var record = new LinkRecord
        {
            Name = name,
            Index = index,
            Kind = kind,
            Flags = Up | LowerUp,
            Carrier = true,
            OperationalStatus = OperationalStatus.Up,
            Mtu = 1500,
            Address = $"02:00:00:00:00:{index:x2}",
            TransmitQueueLength = 500,
            AddressGeneration = AddressGeneration.None,
        };
        if (kind is MacvlanSettings.Macvlan or MacvlanSettings.Macvtap)
        {
            record.Macvlan = new MacvlanFacts { Mode = LinkMode.Bridge, BroadcastQueueLengthUsed = 1000 };
            record.LinkIndex = 1;
        }

        if (kind == BridgeSettings.Bridge) record.Bridge = new BridgeFacts();
        change?.Invoke(record);
        return Link.From(record, new LinkNames(null, lower ?? (record.Macvlan is null ? null : "eth0"), master));
    }

    internal static MacvtapLink Tap(Action<LinkRecord>? change = null, int index = 20) => (MacvtapLink)Make($"mvt{index}", index, MacvlanSettings.Macvtap, change);

    internal static MacvlanLink Macvlan(Action<LinkRecord>? change = null, int index = 30) => (MacvlanLink)Make($"mv{index}", index, MacvlanSettings.Macvlan, change);

    internal static VethLink Veth(string name = "eth0", int index = 1, int peer = 2, Action<LinkRecord>? change = null) => (VethLink)Make(name, index, VethSettings.Veth, r =>
    {
        r.LinkIndex = peer;
        change?.Invoke(r);
    });

    internal static void SwitchOff(LinkRecord record)
    {
        record.Flags = 0;
        record.Carrier = false;
        record.OperationalStatus = OperationalStatus.Down;
    }

    internal static LinkStatistics Counters(ulong received, ulong dropped)
    {
        ulong[] all = new ulong[25];
        all[0] = received;
        all[6] = dropped;
        return new LinkStatistics(System.Runtime.InteropServices.MemoryMarshal.AsBytes(all.AsSpan()));
    }
}
