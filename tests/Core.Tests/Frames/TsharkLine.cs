namespace MacvtapTools.Core.Tests.Frames;

/// <summary>What tshark says of one frame, and what our summary has to be then.</summary>
internal sealed class TsharkLine(string[] names, string line)
{
    private static readonly string[] Flags = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    private readonly string[] _values = line.Split('\t');

    private string this[string name] => _values[Array.IndexOf(names, name)];

    internal int Length => int.Parse(this["frame.len"]);

    internal string Source => this["eth.src"];

    internal string Destination => this["eth.dst"];

    /// <summary>The outer tag; tshark has fields of their own for those of 802.1ad and of 802.1Q.</summary>
    internal int? Vlan => (this["ieee8021ad.id"] + " " + this["vlan.id"]).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var outer, ..] ? int.Parse(outer) : null;

    /// <summary>The summary; null where it is not one of those that tell more than type and length.</summary>
    internal string? Summary => Content is { } content ? (Vlan is { } vlan ? $"VLAN {vlan}: {content}" : content) : null;

    private string? Content => this["arp.opcode"] switch
    {
        "1" => $"ARP who has {this["arp.dst.proto_ipv4"]}, tell {this["arp.src.proto_ipv4"]}",
        "2" => $"ARP {this["arp.src.proto_ipv4"]} is at {this["arp.src.hw_mac"]}",
        _ when IsFragment => $"ICMP {this["ip.src"]} > {this["ip.dst"]} fragment at {FragmentOffset}",
        _ when this["icmp.type"] is { Length: > 0 } type => $"ICMP {this["ip.src"]} > {this["ip.dst"]} {Icmp(type)}",
        _ when this["icmpv6.type"] is { Length: > 0 } type => $"ICMPv6 {this["ipv6.src"]} > {this["ipv6.dst"]} {IcmpV6(type)}",
        _ when this["tcp.srcport"].Length > 0 => Tcp,
        _ when this["udp.srcport"].Length > 0 => $"UDP {Ends("udp")}, {int.Parse(this["udp.length"]) - 8} bytes",
        _ => null,
    };

    private bool IsFragment => FragmentOffset > 0;

    // In units of 8 bytes, as the header has it.
    private int FragmentOffset => this["ip.frag_offset"] is { Length: > 0 } text ? int.Parse(text) * 8 : 0;

    private string Tcp
    {
        get
        {
            int flags = Convert.ToInt32(this["tcp.flags"], 16);
            string names = string.Join(' ', Flags.Where((_, i) => (flags >> i & 1) == 1));
            return $"TCP {Ends("tcp")} [{names}] seq {this["tcp.seq_raw"]}{((flags & 16) != 0 ? $" ack {this["tcp.ack_raw"]}" : "")}, {this["tcp.len"]} bytes";
        }
    }

    private string Ends(string protocol) =>
        this["ip.src"].Length > 0
            ? $"{this["ip.src"]}:{this[protocol + ".srcport"]} > {this["ip.dst"]}:{this[protocol + ".dstport"]}"
            : $"[{this["ipv6.src"]}]:{this[protocol + ".srcport"]} > [{this["ipv6.dst"]}]:{this[protocol + ".dstport"]}";

    private string Icmp(string type) => type switch
    {
        "0" => $"echo reply id {this["icmp.ident"]} seq {this["icmp.seq"]}",
        "8" => $"echo request id {this["icmp.ident"]} seq {this["icmp.seq"]}",
        "3" when this["icmp.code"] == "3" => "port unreachable",
        _ => throw new InvalidOperationException($"ICMP type {type} is not expected here."),
    };

    private string IcmpV6(string type) => type switch
    {
        "128" => $"echo request id {Convert.ToInt32(this["icmpv6.echo.identifier"], 16)} seq {this["icmpv6.echo.sequence_number"]}",
        "129" => $"echo reply id {Convert.ToInt32(this["icmpv6.echo.identifier"], 16)} seq {this["icmpv6.echo.sequence_number"]}",
        "1" when this["icmpv6.code"] == "4" => "port unreachable",
        "133" => "router solicitation",
        "135" => $"who has {this["icmpv6.nd.ns.target_address"]}",
        "136" => $"here is {this["icmpv6.nd.na.target_address"]}",
        "143" => "multicast listener report",
        _ => throw new InvalidOperationException($"ICMPv6 type {type} is not expected here."),
    };
}
