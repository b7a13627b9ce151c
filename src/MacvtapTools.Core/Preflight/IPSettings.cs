using MacvtapTools.Namespaces;

namespace MacvtapTools.Preflight;

/// <summary>The settings of /proc/sys/net that decide whether a link takes an address. They are files of the network namespace of the thread that opens them.</summary>
/// <param name="place">The namespace.</param>
internal sealed class IPSettings(NamespaceHandle place)
{
    private const string All = "all";
    private const string Defaults = "default";
    private const string Off = "0";

    /// <summary>Whether a link can have IPv6. The loopback can whatever its MTU (addrconf_notify).</summary>
    internal IPv6Support IPv6Of(Link link) => IPv6(link.Name, (link.Flags & InterfaceFlag.Loopback) != 0 ? Rules.SmallestMtuOfIPv6 : link.Mtu);

    /// <summary>The same for a link that is not made yet.</summary>
    internal IPv6Support IPv6OfNew(int mtu) => IPv6(Defaults, mtu);

    /// <summary>Whether further IPv4 addresses of a network stay when its first one goes.</summary>
    internal bool PromotesSecondaries(Link link) => IsSet($"ipv4/conf/{All}/promote_secondaries") || IsSet($"ipv4/conf/{link.Name}/promote_secondaries");

    private IPv6Support IPv6(string name, int mtu)
    {
        if (Read($"ipv6/conf/{All}/disable_ipv6") is null) return IPv6Support.Missing;
        if (mtu < Rules.SmallestMtuOfIPv6) return IPv6Support.TooSmall;
        return IsSet($"ipv6/conf/{name}/disable_ipv6") ? IPv6Support.Off : IPv6Support.On;
    }

    private bool IsSet(string path) => Read(path) is { } text && text != Off;

    private string? Read(string path) => NamespaceRunner.Run(place, () => NamespaceFile.TryReadHere($"{NamespaceFile.SettingsFolder}/{path}"))?.Trim();
}
