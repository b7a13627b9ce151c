namespace MacvtapTools;

/// <summary>Whether packets that come in by a link are passed on to others, as the kernel had it at one moment.</summary>
public sealed class LinkForwarding
{
    internal LinkForwarding(Link link, bool? ipv4, bool? ipv6, bool? proxyArp, bool? namespaceIPv4, bool? namespaceIPv6, bool? namespaceProxyArp)
    {
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        IPv4Forwarding = ipv4;
        IPv6Forwarding = ipv6;
        ProxyArp = proxyArp;
        NamespaceIPv4Forwarding = namespaceIPv4;
        NamespaceIPv6Forwarding = namespaceIPv6;
        NamespaceProxyArp = namespaceProxyArp;
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>IPv4 packets that come in by the link are passed on (net.ipv4.conf.NAME.forwarding); null where the link has no IPv4.</summary>
    public bool? IPv4Forwarding { get; }

    /// <summary>
    /// The host is a router on the link for IPv6 (net.ipv6.conf.NAME.forwarding): no router advertisements are taken. Packets are passed on only where
    /// <see cref="NamespaceIPv6Forwarding"/> is on too (ip6_forward in net/ipv6/ip6_output.c). Null where the link has no IPv6.
    /// </summary>
    public bool? IPv6Forwarding { get; }

    /// <summary>
    /// The link's own setting for answering ARP requests for addresses that the host would route elsewhere (net.ipv4.conf.NAME.proxy_arp). The host answers where this or
    /// <see cref="NamespaceProxyArp"/> is on (IN_DEV_ORCONF in include/linux/inetdevice.h).
    /// </summary>
    public bool? ProxyArp { get; }

    /// <summary>The switch for all links of the namespace, net.ipv4.ip_forward. It set every link when it was last changed; what counts is the link's own.</summary>
    public bool? NamespaceIPv4Forwarding { get; }

    /// <summary>The switch for all links of the namespace, net.ipv6.conf.all.forwarding.</summary>
    public bool? NamespaceIPv6Forwarding { get; }

    /// <summary>The switch for all links of the namespace, net.ipv4.conf.all.proxy_arp. Where it is on, the host answers on every link, whatever the link's own says.</summary>
    public bool? NamespaceProxyArp { get; }

    /// <summary>The network namespace as it was named when the link was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
