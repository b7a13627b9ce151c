using System.Globalization;
using System.Xml.Linq;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>How wide a column of a table gets with the longest values that are usual.</summary>
internal static class ColumnWidth
{
    private const int LinkName = 15;
    private const int FreeText = 20;

    /// <summary>By the name of the property, and where that says too little by type and name. Other names and flags go by their enum.</summary>
    private static readonly Dictionary<string, int> _widths = new(StringComparer.Ordinal)
    {
        ["Address"] = "2001:db8:1234:5678:5054:ff:fe12:3456/64".Length,
        ["AgeingTime"] = "00:05:00".Length,
        ["AllowArpFor"] = FreeText,
        ["AllowSourceAddress"] = "{52:54:00:12:34:56}".Length,
        ["Backend"] = "passt".Length,
        ["Bridge"] = LinkName,
        ["Changed"] = FreeText,
        ["Delay"] = "00:00:00.0000123".Length,
        ["DescriptorNumber"] = "{10, 11, 12, 13…}".Length,
        ["Destination"] = "2001:db8:1234:5678::/64".Length,
        ["Dropped"] = "123456789".Length,
        ["ExitCode"] = "255".Length,
        ["Flags"] = "Permanent, NoPrefixRoute".Length,
        ["ForwardDelay"] = "00:00:15".Length,
        ["From"] = LinkName,
        ["Gateway"] = "fe80::5054:ff:fe12:3456".Length,
        ["GroupId"] = "65534".Length,
        ["GuestName"] = LinkName,
        ["Holder"] = FreeText,
        ["Hop"] = "12".Length,
        ["Id"] = "1234567".Length,
        ["Index"] = "255".Length,
        ["Inode"] = "4026532345".Length,
        ["InterfaceIndex"] = "1234567".Length,
        ["InterfaceType"] = "ethernet".Length,
        ["Interval"] = "00:00:01.0001234".Length,
        ["Kind"] = "wireguard".Length,
        ["Label"] = LinkName,
        ["Link"] = LinkName,
        ["LinkName"] = "{mvt0, mvt1, mvt2}".Length,
        ["LinkMulticastGroup.Group"] = "IPv6OSPFDesignated".Length,
        ["LowerDevice"] = LinkName,
        ["MacAddress"] = "52:54:00:12:34:56".Length,
        ["Master"] = LinkName,
        ["Metric"] = "1024".Length,
        ["Model"] = "virtio-net-pci".Length,
        ["Mtu"] = "65535".Length,
        ["Name"] = LinkName,
        ["NetworkName"] = LinkName,
        ["NetworkNamespace"] = LinkName,
        ["Offload"] = "Checksum, Tso4, Tso6".Length,
        ["Owner"] = "libvirt-qemu".Length,
        ["OwnerGroup"] = "libvirt-qemu".Length,
        ["Parent"] = FreeText,
        ["Path"] = "/dev/tap1234567".Length,
        ["Peer"] = LinkName,
        ["Permission"] = "rw-rw----+".Length,
        ["Port"] = LinkName,
        ["PreferredSource"] = "192.168.123.123".Length,
        ["ProgramName"] = "qemu-system-x86_64".Length,
        ["QueueCount"] = "256".Length,
        ["Reason"] = FreeText,
        ["ReceiveDropped"] = "123456789".Length,
        ["ReceivedBitsPerSecond"] = "100000000000".Length,
        ["ReceivedBytes"] = "123456789012345".Length,
        ["ReceivedFrames"] = "123456789012".Length,
        ["ReceivedPackets"] = "123456789012".Length,
        ["ReceivedPacketsPerSecond"] = "10000000".Length,
        ["SendDropped"] = "123456789".Length,
        ["SentBitsPerSecond"] = "100000000000".Length,
        ["SentBytes"] = "123456789012345".Length,
        ["SentFrames"] = "123456789012".Length,
        ["SentPackets"] = "123456789012".Length,
        ["SentPacketsPerSecond"] = "10000000".Length,
        ["Socket"] = FreeText,
        ["StartTime"] = "11/30/2026 12:34:56".Length,
        ["Summary"] = FreeText,
        ["Table"] = "254".Length,
        ["TapDevice"] = "/dev/tap1234567".Length,
        ["TapDevice.Group"] = "libvirt-qemu".Length,
        ["To"] = LinkName,
        ["TopologyNode.Id"] = "holder:1234567".Length,
        ["Uplink"] = LinkName,
        ["ValidLifetime"] = "1.12:34:56".Length,
        ["VnetHeaderSize"] = "12".Length,
    };

    /// <summary>The width of a column.</summary>
    internal static int Of(Type type, XElement header, XElement item)
    {
        if (header.Element("Width") is { } width) return int.Parse(width.Value, CultureInfo.InvariantCulture);
        string property = ViewFiles.Properties(item).First();
        return Math.Max((header.Element("Label")?.Value ?? property).Length, Longest(type, property));
    }

    private static int Longest(Type type, string property)
    {
        if (_widths.TryGetValue($"{type.Name}.{property}", out int known)) return known;
        Type value = type.GetProperty(property)!.PropertyType;
        value = Nullable.GetUnderlyingType(value) ?? value;
        if (value.IsEnum && !value.IsDefined(typeof(FlagsAttribute), false)) return Enum.GetNames(value).Max(n => n.Length);
        if (value == typeof(bool)) return bool.FalseString.Length;
        return _widths.TryGetValue(property, out known) ? known : throw new InvalidOperationException($"How long is {type.Name}.{property}? Say it here.");
    }
}
