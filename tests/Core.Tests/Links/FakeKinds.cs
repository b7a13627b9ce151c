using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Tests.Links;

/// <summary>What <see cref="FakeKernel"/> does with the attributes of a kind, of a bridge port, and with alternative names.</summary>
internal static class FakeKinds
{
    /// <summary>Adds or removes alternative names.</summary>
    internal static Errno Rename(FakeKernel kernel, FakeLink link, LinkRecord wish, bool add)
    {
        foreach (string name in wish.AlternativeNames)
        {
            if (add && kernel.Links.Values.Any(l => l.Name == name || l.AlternativeNames.Contains(name))) return Errno.EEXIST;
            if (!add && !link.AlternativeNames.Contains(name)) return Errno.ENOENT;
            if (add) link.AlternativeNames.Add(name);
            else link.AlternativeNames.Remove(name);
        }

        return Errno.None;
    }

    /// <summary>Sets the attributes of a bridge port that a message has, and leaves the others.</summary>
    internal static void SetPort(FakeLink link, BridgePortFacts wish)
    {
        for (int attribute = 1; attribute < BridgePortCodec.Known; attribute++)
        {
            if (wish[attribute] is not { } value) continue;
            switch (attribute)
            {
                case BridgePortCodec.MODE: link.Hairpin = value != 0; break;
                case BridgePortCodec.STATE: link.PortState = (byte)value; break;
                case BridgePortCodec.BACKUP_PORT when value == 0: link.PortNumbers.Remove(attribute); break;
                default: link.PortNumbers[attribute] = value; break;
            }
        }
    }

    /// <summary>Sets the attributes of a bridge that a message has.</summary>
    internal static void SetBridge(FakeLink link, BridgeFacts wish)
    {
        link.ForwardDelay = wish.ForwardDelay ?? link.ForwardDelay;
        link.AgeingTime = wish.AgeingTime ?? link.AgeingTime;
        link.StpState = wish.StpState ?? link.StpState;
        link.Snooping = wish.MulticastSnooping ?? link.Snooping;
    }

    /// <summary>Sets the attributes of a macvlan that a message has, and edits its list of source addresses.</summary>
    internal static void SetMacvlan(FakeLink link, AttributeReader data, bool ignoresQueue)
    {
        uint edit = uint.MaxValue;
        string? one = null;
        List<string> all = [];
        while (data.MoveNext())
        {
            switch (data.Type)
            {
                case 1: link.Mode = (LinkMode)data.U32; break;
                case 2: link.ModeFlags = (ModeFlag)data.U16; break;
                case 3: edit = data.U32; break;
                case 4: one = HardwareAddress.Format(data.Value); break;
                case 5:
                    AttributeReader list = data.Nested;
                    while (list.MoveNext()) all.Add(HardwareAddress.Format(list.Value)!);
                    break;
                case 7: link.QueueLength = ignoresQueue ? null : data.U32; break;
                case 9: link.Cutoff = ignoresQueue ? link.Cutoff : data.S32; break;
            }
        }

        link.Sources = (SourceListChange)edit switch
        {
            SourceListChange.Add => [.. link.Sources.Append(one!).Distinct()],
            SourceListChange.Remove => [.. link.Sources.Where(s => s != one)],
            SourceListChange.Clear => [],
            SourceListChange.Set => [.. all.Distinct()],
            _ => link.Sources,
        };
        if (ignoresQueue) link.QueueLength = null;
    }

    /// <summary>The attributes of the kind in a message.</summary>
    internal static AttributeReader DataOf(AttributeReader information)
    {
        while (information.MoveNext())
        {
            if (information.Type == IFLA.INFO_DATA) return information.Nested;
        }

        return default;
    }
}
