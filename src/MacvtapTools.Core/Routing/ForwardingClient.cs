using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Routing;

/// <summary>
/// Reads and changes the forwarding settings of one network namespace (Documentation/networking/ip-sysctl.rst). /proc/sys/net shows the namespace of the
/// thread that opens a file in it, so all of this happens inside the namespace, by native calls.
/// </summary>
internal sealed class ForwardingClient(NamespaceHandle networkNamespace)
{
    internal const string On = "1";
    internal const string Off = "0";

    /// <summary>The kernel's folders for all links and for links to come: no link of such a name has settings of its own (sysctl_dev_name_is_allowed).</summary>
    internal const string Defaults = "default";
    private const string All = "all";

    internal static string IPv4Path(string? name) => name is null ? "ipv4/ip_forward" : $"ipv4/conf/{name}/forwarding";

    internal static string IPv6Path(string? name) => $"ipv6/conf/{name ?? All}/forwarding";

    internal static string ProxyArpPath(string? name) => $"ipv4/conf/{name ?? All}/proxy_arp";

    /// <summary>The settings of some links.</summary>
    internal IReadOnlyList<LinkForwarding> List(IReadOnlyList<Link> links) => NamespaceRunner.Run(networkNamespace, () =>
    {
        bool? ipv4 = SettingsWriter.IsOn(IPv4Path(null));
        bool? ipv6 = SettingsWriter.IsOn(IPv6Path(null));
        bool? proxyArp = SettingsWriter.IsOn(ProxyArpPath(null));
        var all = new LinkForwarding[links.Count];
        for (int i = 0; i < all.Length; i++)
        {
            Link link = links[i];
            bool hasSettings = HasSettings(link.Name);
            all[i] = new LinkForwarding(
                link,
                hasSettings ? SettingsWriter.IsOn(IPv4Path(link.Name)) : null,
                hasSettings ? SettingsWriter.IsOn(IPv6Path(link.Name)) : null,
                hasSettings ? SettingsWriter.IsOn(ProxyArpPath(link.Name)) : null,
                ipv4,
                ipv6,
                proxyArp);
        }

        return all;
    });

    /// <summary>Changes settings and reads them back. If one is refused, those before it are set back.</summary>
    /// <param name="name">The link's name; null for all links of the namespace, and those to come.</param>
    /// <param name="change">What to change.</param>
    /// <returns>Why not (EACCES, EPERM, EROFS: no right to; ENOENT: the link is gone, or has no such protocol); null where it stands.</returns>
    /// <exception cref="MacvtapException">ParameterInvalid for a link whose name the kernel keeps for itself.</exception>
    internal ForwardingFailure? Set(string? name, ForwardingChange change)
    {
        RequireSettings(name);
        ForwardingSetting[] settings = [.. change.Settings(name)];
        return NamespaceRunner.Run(networkNamespace, () => new SettingsWriter().Write(settings));
    }

    /// <summary>Checks a change without making it: each setting is opened for writing, and closed.</summary>
    /// <param name="name">The link's name; null for all links of the namespace.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="mayChange">Whether the caller has CAP_NET_ADMIN there, which the kernel asks for once more when forwarding of IPv4 is written (devinet_sysctl_forward).</param>
    /// <exception cref="PredictedRefusal">As <see cref="Set"/> would be refused.</exception>
    /// <exception cref="MacvtapException">ParameterInvalid for a link whose name the kernel keeps for itself.</exception>
    internal void Check(string? name, ForwardingChange change, bool mayChange)
    {
        RequireSettings(name);
        string[] paths = [.. change.Settings(name).Select(s => s.Path)];
        (string Path, Errno Error) refused = NamespaceRunner.Run(networkNamespace, () => paths.Select(p => (Path: p, Error: NamespaceFile.MayWriteHere($"{NamespaceFile.SettingsFolder}/{p}"))).FirstOrDefault(p => p.Error != Errno.None));
        string? forwarding = mayChange || change.IPv4 is null ? null : IPv4Path(name);
        if (refused.Path is null && forwarding is not null) refused = (forwarding, Errno.EPERM);
        if (refused.Path is not null) throw new PredictedRefusal(refused.Error, Operation(refused.Path));
    }

    private void RequireSettings(string? name)
    {
        if (name is not null && !HasSettings(name))
            throw new MacvtapException(FailureId.ParameterInvalid, $"The link '{name}' has no settings: the kernel keeps that name for itself.", $"{CommandText.For("Rename-Link", name, networkNamespace.DisplayName, "NEWNAME")} gives it another name.", name);
    }

    internal static string Operation(string path) => $"write {Key(path)}";

    internal static bool HasSettings(string name) => name is not (All or Defaults);

    /// <summary>The setting's name as sysctl(8) writes it.</summary>
    internal static string Key(string path) => $"net.{path.Replace('/', '.')}";
}
