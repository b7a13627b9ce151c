using System.Globalization;
using System.Reflection;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Tests.Netlink;

/// <summary>What the library's constants are called in C. New ones are found by reflection; only names that differ need a line here.</summary>
internal static class HeaderNames
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly (Type Type, string Prefix)[] Constants =
    [
        (typeof(NetlinkConstants), string.Empty), (typeof(RtnetlinkConstants), string.Empty), (typeof(IFLA), "IFLA_"), (typeof(BridgePortCodec), "IFLA_BRPORT_"),
        (typeof(BridgeCodec), string.Empty), (typeof(MacvlanCodec), string.Empty), (typeof(VethSettings), string.Empty), (typeof(Libc), string.Empty),
        (typeof(WakeUp), string.Empty), (typeof(PollSet), string.Empty),
        (typeof(NeighbourCodec), string.Empty), (typeof(AddressCodec), string.Empty), (typeof(RouteCodec), string.Empty), (typeof(RuleCodec), string.Empty),
        (typeof(TrafficControlCodec), string.Empty), (typeof(ClassicBpf), string.Empty),
    ];

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["NetlinkConstants.MessageHeaderLength"] = "sizeof(struct nlmsghdr)",
        ["NetlinkConstants.AttributeHeaderLength"] = "sizeof(struct nlattr)",
        ["NetlinkConstants.NLA_TYPE_MASK"] = "(__u16)NLA_TYPE_MASK",
        ["RtnetlinkConstants.LongestName"] = "IFNAMSIZ - 1",
        ["SystemCall.Fsopen"] = "SYS_fsopen",
        ["SystemCall.Fsconfig"] = "SYS_fsconfig",
        ["SystemCall.Fsmount"] = "SYS_fsmount",
        ["SystemCall.Faccessat2"] = "SYS_faccessat2",
        ["SystemCall.Statx"] = "SYS_statx",
        ["SystemCall.Kcmp"] = "SYS_kcmp",
        ["SystemCall.PidfdOpen"] = "SYS_pidfd_open",
        ["SystemCall.PidfdGetfd"] = "SYS_pidfd_getfd",
        ["Libc.LargestAccessList"] = "XATTR_SIZE_MAX",
        ["Libc.FlagsOfFileSystem"] = "offsetof(struct statfs, f_flags) / sizeof(long)",
        ["Libc.SignalInfoSize"] = "sizeof(siginfo_t)",
        ["Libc.InterfaceRequestSize"] = "sizeof(struct ifreq)",
        ["Libc.InterfaceRequestValue"] = "offsetof(struct ifreq, ifr_ifru)",
        ["Libc.VnetHeaderSize"] = "sizeof(struct virtio_net_hdr)",
        ["Libc.LargeVnetHeaderSize"] = "sizeof(struct virtio_net_hdr_mrg_rxbuf)",
        ["Libc.PacketInformationSize"] = "sizeof(struct tun_pi)",
        ["SystemCall.Getdents64"] = "SYS_getdents64",
        ["ModeFlag.NoPromiscuous"] = "MACVLAN_FLAG_NOPROMISC",
        ["ModeFlag.NoDestination"] = "MACVLAN_FLAG_NODST",
        ["AddressGeneration.StablePrivacy"] = "IN6_ADDR_GEN_MODE_STABLE_PRIVACY",
        ["InterfaceFlag.NoArp"] = "IFF_NOARP",
        ["InterfaceFlag.NoTrailers"] = "IFF_NOTRAILERS",
        ["InterfaceFlag.PointToPoint"] = "IFF_POINTOPOINT",
        ["InterfaceFlag.Promiscuous"] = "IFF_PROMISC",
        ["InterfaceFlag.AllMulticast"] = "IFF_ALLMULTI",
        ["InterfaceFlag.PortSelection"] = "IFF_PORTSEL",
        ["InterfaceFlag.AutomaticMedia"] = "IFF_AUTOMEDIA",
        ["InterfaceFlag.LowerUp"] = "IFF_LOWER_UP",
        ["IPFamily.IPv4"] = "AF_INET",
        ["IPFamily.IPv6"] = "AF_INET6",
        ["AddressScope.Global"] = "RT_SCOPE_UNIVERSE",
        ["LinkAddressFlag.NoDuplicateAddressDetection"] = "IFA_F_NODAD",
        ["LinkAddressFlag.DuplicateAddressDetectionFailed"] = "IFA_F_DADFAILED",
        ["LinkAddressFlag.ManageTemporary"] = "IFA_F_MANAGETEMPADDR",
        ["LinkAddressFlag.NoPrefixRoute"] = "IFA_F_NOPREFIXROUTE",
        ["LinkAddressFlag.MulticastAutoJoin"] = "IFA_F_MCAUTOJOIN",
        ["LinkAddressFlag.StablePrivacy"] = "IFA_F_STABLE_PRIVACY",
        ["RouteType.Unspecified"] = "RTN_UNSPEC",
        ["RouteProtocol.Unspecified"] = "RTPROT_UNSPEC",
        ["RouteProtocol.RouterAdvertisement"] = "RTPROT_RA",
        ["Libc.MOUNT_ATTR_RDONLY_NOSUID_NODEV_NOEXEC"] = "MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC",
    };

    /// <summary>Numbers of the library's own, which no header has.</summary>
    private static readonly HashSet<string> Own =
        ["BridgePortCodec.Known", "AddressCodec.Forever", "AddressCodec.PreferredOffset", "AddressCodec.ValidOffset", "RouteCodec.ViaFamilyLength", "LinkAddressFlag.None", "Libc.SmallestAccountBuffer", "Libc.Unchanged", "Libc.IntRequest", "Libc.LargestAccountBuffer", "Errno.None", "ModeFlag.None", "InterfaceFlag.None",
         "TrafficControlCodec.ClsactHandle", "TrafficControlCodec.PriorityShift", "TrafficControlCodec.InstructionLength"];

    /// <summary>Constants of the library: C expression and value.</summary>
    internal static List<(string Name, string Expression, long Value)> All()
    {
        var all = new List<(string, string, long)>();
        foreach ((Type type, string prefix) in Constants)
        {
            foreach (FieldInfo field in type.GetFields(Any).Where(f => f.IsLiteral && f.FieldType != typeof(string))) Add(type, field.Name, prefix, field.GetRawConstantValue()!);
            foreach (FieldInfo field in type.GetFields(Any).Where(f => f.IsInitOnly && f.FieldType == typeof(nuint))) Add(type, field.Name, prefix, (long)(nuint)field.GetValue(null)!);
        }

        foreach (FieldInfo field in typeof(SystemCall).GetFields(Any).Where(f => f.FieldType == typeof(int))) Add(typeof(SystemCall), field.Name, "SYS_", field.GetValue(null)!);
        AddEnum<Errno>(string.Empty);
        AddEnum<LinkMode>("MACVLAN_MODE_");
        AddEnum<ModeFlag>("MACVLAN_FLAG_");
        AddEnum<AddressGeneration>("IN6_ADDR_GEN_MODE_");
        AddEnum<BridgePortState>("BR_STATE_");
        AddEnum<OperationalStatus>("IF_OPER_");
        AddEnum<InterfaceFlag>("IFF_");
        AddEnum<TapMode>("IFF_");
        AddEnum<IPFamily>("AF_");
        AddEnum<AddressScope>("RT_SCOPE_");
        AddEnum<LinkAddressFlag>("IFA_F_");
        AddEnum<RouteType>("RTN_");
        AddEnum<RouteProtocol>("RTPROT_");
        return all;

        void AddEnum<T>(string prefix)
            where T : struct, Enum
        {
            foreach (T value in Enum.GetValues<T>()) Add(typeof(T), value.ToString(), prefix, Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }

        void Add(Type type, string name, string prefix, object value)
        {
            string key = $"{type.Name}.{name}";
            if (Own.Contains(key)) return;
            string expression = Renamed.GetValueOrDefault(key) ?? prefix + (type.IsEnum ? name.ToUpperInvariant() : name);
            all.Add((key, expression, Convert.ToInt64(value, CultureInfo.InvariantCulture)));
        }
    }
}
