using System.Globalization;
using System.Text.Json;
using MacvtapTools.Links;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Compares every fact of a link object with what <c>ip -N -d -s -s -j link show</c> says of the same link.</summary>
internal sealed class IpFacts
{
    private readonly JsonElement _ip;
    private readonly List<string> _differences = [];

    private IpFacts(JsonElement ip) => _ip = ip;

    /// <summary>All links of a namespace, as <c>ip</c> has them.</summary>
    internal static JsonElement[] ReadAll(string networkNamespace)
    {
        using JsonDocument document = JsonDocument.Parse(Programs.Run("ip", "-n", networkNamespace, "-N", "-d", "-s", "-s", "-j", "link", "show"));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    /// <summary>The differences, one text for each; none where both say the same.</summary>
    internal static IReadOnlyList<string> Compare(Link link, JsonElement ip, LinkSession session)
    {
        var facts = new IpFacts(ip);
        facts.CompareIdentity(link, session);
        facts.CompareState(link, session);
        facts.CompareSettings(link);
        facts.CompareStatistics(link.Statistics);
        facts.CompareKind(link);
        return facts._differences;
    }

    private JsonElement? Info(string name) => Member(_ip, "linkinfo") is { } info ? Member(info, name) : null;

    private void CompareIdentity(Link link, LinkSession session)
    {
        Check(nameof(Link.Name), Text("ifname"), link.Name);
        Check("ToString", Text("ifname"), link.ToString());
        Check(nameof(Link.InterfaceIndex), Number("ifindex"), link.InterfaceIndex);
        Check(nameof(Link.Kind), Info("info_kind")?.GetString(), link.Kind);
        Check(nameof(Link.NetworkNamespace), session.Namespace.DisplayName, link.NetworkNamespace);
        Check(nameof(Link.Alias), Text("ifalias"), link.Alias);
        Check(nameof(Link.AlternativeName), Texts(Member(_ip, "altnames")), string.Join(',', link.AlternativeName.Order(StringComparer.Ordinal)));

        // ip names what a link points to: the lower device, or the peer of a veth end; in another namespace it has only the index, and has to be asked there.
        string? pointsTo = Text("link");
        int? index = pointsTo is null ? (int?)Number("link_index") : (int)session.Reader.Find(pointsTo)!.InterfaceIndex;
        if (Number("link_netnsid") is not null && (link as VethLink)?.PeerNamespace is var far && (far ?? link.LowerDeviceNamespace) is { } there)
            pointsTo = ReadAll(there).Single(l => l.GetProperty("ifindex").GetInt32() == index).GetProperty("ifname").GetString();
        Check(nameof(Link.LowerDeviceNamespaceId), Number("link_netnsid"), link.LowerDeviceNamespaceId);
        Check(nameof(Link.LowerDevice), link is VethLink ? null : pointsTo, link.LowerDevice);
        Check(nameof(Link.LowerDeviceIndex), link is VethLink ? null : index, link.LowerDeviceIndex);
        if (link is VethLink veth)
        {
            Check(nameof(VethLink.Peer), pointsTo, veth.Peer);
            Check(nameof(VethLink.PeerIndex), index, veth.PeerIndex);
            Check(nameof(VethLink.PeerNamespaceId), Number("link_netnsid"), veth.PeerNamespaceId);
        }

        string? master = Text("master");
        Check(nameof(Link.Master), master, link.Master);
        Check(nameof(Link.MasterIndex), master is null ? null : session.Reader.Find(master)!.InterfaceIndex, link.MasterIndex);
    }

    private void CompareState(Link link, LinkSession session)
    {
        HashSet<string> flags = [.. Member(_ip, "flags")!.Value.EnumerateArray().Select(f => f.GetString()!)];
        bool up = flags.Contains("UP");
        string operational = Text("operstate")!;

        // NO-CARRIER and M-DOWN are conclusions of ip's; RUNNING it never shows.
        string[] shown = [.. flags.Where(f => f is not ("NO-CARRIER" or "M-DOWN")).Select(FlagName).Order(StringComparer.Ordinal)];
        string[] ours = [.. Enum.GetValues<InterfaceFlag>().Where(f => f is not (InterfaceFlag.None or InterfaceFlag.Running) && link.Flags.HasFlag(f)).Select(f => f.ToString()).Order(StringComparer.Ordinal)];
        Check(nameof(Link.Flags), string.Join(',', shown), string.Join(',', ours));
        Check("Running", up && operational is "UP" or "UNKNOWN", link.Flags.HasFlag(InterfaceFlag.Running));
        Check(nameof(Link.AdministrativeStatus), up ? "Up" : "Down", link.AdministrativeStatus);
        Check(nameof(Link.OperationalStatus), operational, link.OperationalStatus.ToString().ToUpperInvariant());
        string status = !up ? "Down" : operational == "LOWERLAYERDOWN" ? "LowerLayerDown" : operational == "DORMANT" ? "Dormant" : operational == "UP" || flags.Contains("LOWER_UP") ? "Up" : "NoCarrier";
        Check(nameof(Link.Status), status, link.Status);

        // Of a link that is off sysfs says nothing, and nobody else is there to ask.
        if (session.Sysfs.TryReadText($"class/net/{link.Name}/carrier", out string? carrier)) Check(nameof(Link.Carrier), carrier == "1", link.Carrier);
        Check(nameof(Link.MacAddress), Text("address"), link.MacAddress);
        Check(nameof(Link.PermanentMacAddress), Text("permaddr"), link.PermanentMacAddress == link.MacAddress ? null : link.PermanentMacAddress);
    }

    private void CompareSettings(Link link)
    {
        Check(nameof(Link.Mtu), Number("mtu"), link.Mtu);
        Check(nameof(Link.MinMtu), Number("min_mtu"), link.MinMtu);
        Check(nameof(Link.MaxMtu), Number("max_mtu") is { } most and > 0 ? most : null, link.MaxMtu); // 0 is no bound
        Check(nameof(Link.TransmitQueueLength), Number("txqlen") ?? 0, link.TransmitQueueLength);
        Check(nameof(Link.QueueDiscipline), Text("qdisc"), link.QueueDiscipline);
        Check(nameof(Link.Group), Text("group"), link.Group.ToString(CultureInfo.InvariantCulture));
        Check(nameof(Link.Promiscuity), Number("promiscuity"), link.Promiscuity);
        Check(nameof(Link.AllMulticast), Number("allmulti"), link.AllMulticast);
        Check(nameof(Link.AddressGeneration), Text("inet6_addr_gen_mode"), link.AddressGeneration switch
        {
            AddressGeneration.Eui64 => "eui64",
            AddressGeneration.None => "none",
            AddressGeneration.StablePrivacy => "stable_secret",
            AddressGeneration.Random => "random",
            null => null,
            var other => other.ToString(),
        });
        Check(nameof(Link.QueueCount), Number("num_tx_queues"), link.QueueCount);
        Check("ReceiveQueueCount", Number("num_rx_queues"), link.Record.ReceiveQueueCount);
    }

    private void CompareStatistics(LinkStatistics? statistics)
    {
        JsonElement all = Member(_ip, "stats64")!.Value;
        JsonElement rx = Member(all, "rx")!.Value;
        JsonElement tx = Member(all, "tx")!.Value;
        Check(nameof(LinkStatistics.ReceivedPackets), Of(rx, "packets"), statistics?.ReceivedPackets);
        Check(nameof(LinkStatistics.ReceivedBytes), Of(rx, "bytes"), statistics?.ReceivedBytes);
        Check(nameof(LinkStatistics.ReceiveErrors), Of(rx, "errors"), statistics?.ReceiveErrors);
        Check(nameof(LinkStatistics.ReceiveDropped), Of(rx, "dropped"), statistics?.ReceiveDropped);
        Check(nameof(LinkStatistics.Multicast), Of(rx, "multicast"), statistics?.Multicast);
        Check(nameof(LinkStatistics.ReceiveNoHandler), Of(rx, "nohandler"), statistics?.ReceiveNoHandler);
        Check(nameof(LinkStatistics.ReceiveOtherHost), Of(rx, "otherhost_dropped"), statistics?.ReceiveOtherHost);
        Check(nameof(LinkStatistics.SentPackets), Of(tx, "packets"), statistics?.SentPackets);
        Check(nameof(LinkStatistics.SentBytes), Of(tx, "bytes"), statistics?.SentBytes);
        Check(nameof(LinkStatistics.SendErrors), Of(tx, "errors"), statistics?.SendErrors);
        Check(nameof(LinkStatistics.SendDropped), Of(tx, "dropped"), statistics?.SendDropped);
        Check(nameof(LinkStatistics.Collisions), Of(tx, "collisions"), statistics?.Collisions);

        static ulong Of(JsonElement part, string name) => Member(part, name)?.GetUInt64() ?? 0;
    }

    private void CompareKind(Link link)
    {
        JsonElement? data = Info("info_data");
        Check("class", Info("info_kind")?.GetString() switch { "macvtap" => nameof(MacvtapLink), "macvlan" => nameof(MacvlanLink), "tun" => nameof(TapLink), "veth" => nameof(VethLink), "bridge" => nameof(BridgeLink), null when !Text("ifname")!.Equals("lo", StringComparison.Ordinal) => nameof(PhysicalLink), _ => nameof(Link) }, link.GetType().Name);
        switch (link)
        {
            case MacvlanLink macvlan: CompareMacvlan(macvlan, data!.Value); break;
            case TapLink tap: CompareTap(tap, data!.Value); break;
            case BridgeLink bridge: CompareBridge(bridge, data!.Value); break;
            case VethLink: break;
            default: Check(nameof(Link.UnknownKindData), data is not null, link.UnknownKindData is not null); break;
        }
    }

    private void CompareMacvlan(MacvlanLink link, JsonElement data)
    {
        Check(nameof(MacvlanLink.Mode), Member(data, "mode")?.GetString(), link.Mode.ToString().ToLowerInvariant());
        ModeFlag flag = (Is(data, "nopromisc") ? ModeFlag.NoPromiscuous : 0) | (Is(data, "nodst") ? ModeFlag.NoDestination : 0);

        // ip shows nopromisc of a passthru link and nodst of a source link only.
        ModeFlag visible = link.Mode switch { LinkMode.Passthru => ModeFlag.NoPromiscuous, LinkMode.Source => ModeFlag.NoDestination, _ => 0 };
        Check(nameof(MacvlanLink.ModeFlag), flag & visible, link.ModeFlag & visible);
        Check(nameof(MacvlanLink.BroadcastQueueLength), Member(data, "bcqueuelen")?.GetInt64(), link.BroadcastQueueLength);
        Check(nameof(MacvlanLink.BroadcastQueueLengthUsed), Member(data, "usedbcqueuelen")?.GetInt64(), link.BroadcastQueueLengthUsed);
        if (Member(data, "bclim") is { } cutoff) Check(nameof(MacvlanLink.BroadcastCutoff), cutoff.GetInt32(), link.BroadcastCutoff);
        Check(nameof(MacvlanLink.SourceAddress), Texts(Member(data, "macaddr_data")), string.Join(',', link.SourceAddress.Order(StringComparer.Ordinal)));
        Check(nameof(MacvlanLink.IsSourceAddressTruncated), false, link.IsSourceAddressTruncated);
        if (link is MacvtapLink tap) Check(nameof(MacvtapLink.TapDevice), $"/dev/tap{Number("ifindex")}", tap.TapDevice);
    }

    private void CompareTap(TapLink link, JsonElement data)
    {
        Check(nameof(TapLink.Mode), Member(data, "type")?.GetString(), link.Mode.ToString().ToLowerInvariant());
        Check(nameof(TapLink.PacketInformation), Is(data, "pi"), link.PacketInformation);
        Check(nameof(TapLink.VnetHeader), Is(data, "vnet_hdr"), link.VnetHeader);
        Check(nameof(TapLink.MultiQueue), Is(data, "multi_queue"), link.MultiQueue);
        Check(nameof(TapLink.Persistent), Is(data, "persist"), link.Persistent);
        Check(nameof(TapLink.Queues), Member(data, "numqueues")?.GetInt64(), link.Queues);
        Check(nameof(TapLink.DisabledQueues), Member(data, "numdisabled")?.GetInt64(), link.DisabledQueues);
        // A name, or the number where there is none.
        Check(nameof(TapLink.Owner), Member(data, "user")?.ToString(), link.Owner);
        Check(nameof(TapLink.OwnerGroup), Member(data, "group")?.ToString(), link.OwnerGroup);
    }

    private void CompareBridge(BridgeLink link, JsonElement data)
    {
        Check(nameof(BridgeLink.SpanningTree), Member(data, "stp_state")?.GetInt32() > 0, link.SpanningTree);
        Check(nameof(BridgeLink.ForwardDelay), Member(data, "forward_delay")?.GetInt64() * 10, (long?)link.ForwardDelay?.TotalMilliseconds);
        Check(nameof(BridgeLink.AgeingTime), Member(data, "ageing_time")?.GetInt64() * 10, (long?)link.AgeingTime?.TotalMilliseconds);
        Check(nameof(BridgeLink.VlanFiltering), Member(data, "vlan_filtering")?.GetInt32() == 1, link.VlanFiltering);
        Check(nameof(BridgeLink.MulticastSnooping), Member(data, "mcast_snooping")?.GetInt32() == 1, link.MulticastSnooping);
    }

    private void Check(string fact, object? ip, object? ours)
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"{ip}");
        string actual = string.Create(CultureInfo.InvariantCulture, $"{ours}");
        if (expected != actual) _differences.Add($"{fact}: ip has '{expected}', the link has '{actual}'");
    }

    private string? Text(string name) => Member(_ip, name)?.GetString();

    private long? Number(string name) => Member(_ip, name)?.GetInt64();

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value : null;

    private static bool Is(JsonElement data, string name) => Member(data, name) is { ValueKind: JsonValueKind.True };

    private static string Texts(JsonElement? list) =>
        list is { } texts ? string.Join(',', texts.EnumerateArray().Select(t => t.GetString()).Order(StringComparer.Ordinal)) : string.Empty;

    private static string FlagName(string flag) => flag switch
    {
        "POINTOPOINT" => nameof(InterfaceFlag.PointToPoint),
        "NOARP" => nameof(InterfaceFlag.NoArp),
        "PROMISC" => nameof(InterfaceFlag.Promiscuous),
        "ALLMULTI" => nameof(InterfaceFlag.AllMulticast),
        "LOWER_UP" => nameof(InterfaceFlag.LowerUp),
        "PORTSEL" => nameof(InterfaceFlag.PortSelection),
        "AUTOMEDIA" => nameof(InterfaceFlag.AutomaticMedia),
        "NOTRAILERS" => nameof(InterfaceFlag.NoTrailers),
        _ => flag[..1] + flag[1..].ToLowerInvariant(),
    };
}
