namespace MacvtapTools.Routing;

/// <summary>What is to change; null leaves as it is.</summary>
/// <param name="IPv4">Forwarding of IPv4.</param>
/// <param name="IPv6">Forwarding of IPv6.</param>
/// <param name="ProxyArp">Proxy ARP.</param>
internal readonly record struct ForwardingChange(bool? IPv4, bool? IPv6, bool? ProxyArp)
{
    internal bool IsNothing => IPv4 is null && IPv6 is null && ProxyArp is null;

    /// <summary>The settings of a link, or of all.</summary>
    /// <param name="name">The link's name; null for all links of the namespace.</param>
    internal IEnumerable<ForwardingSetting> Settings(string? name)
    {
        if (IPv4 is { } ipv4) yield return new ForwardingSetting(ForwardingClient.IPv4Path(name), ipv4, name is null ? ForwardingClient.IPv4Path : null);
        if (IPv6 is { } ipv6) yield return new ForwardingSetting(ForwardingClient.IPv6Path(name), ipv6, name is null ? ForwardingClient.IPv6Path : null);
        if (ProxyArp is { } proxy) yield return new ForwardingSetting(ForwardingClient.ProxyArpPath(name), proxy, null);
    }

    /// <summary>In words.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Word("IPv4 forwarding", IPv4), Word("IPv6 forwarding", IPv6), Word("proxy ARP", ProxyArp) }.Where(w => w is not null));

    private static string? Word(string what, bool? value) => value is { } v ? $"{what} {(v ? "on" : "off")}" : null;
}
