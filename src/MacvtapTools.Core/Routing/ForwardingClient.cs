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
    private const string On = "1";
    private const string Off = "0";

    /// <summary>The kernel's folders for all links and for links to come: no link of such a name has settings of its own (sysctl_dev_name_is_allowed).</summary>
    private const string All = "all";
    private const string Defaults = "default";

    internal static string IPv4Path(string? name) => name is null ? "ipv4/ip_forward" : $"ipv4/conf/{name}/forwarding";

    internal static string IPv6Path(string? name) => $"ipv6/conf/{name ?? All}/forwarding";

    internal static string ProxyArpPath(string? name) => $"ipv4/conf/{name ?? All}/proxy_arp";

    /// <summary>The settings of some links.</summary>
    internal IReadOnlyList<LinkForwarding> List(IReadOnlyList<Link> links) => NamespaceRunner.Run(networkNamespace, () =>
    {
        bool? ipv4 = Read(IPv4Path(null));
        bool? ipv6 = Read(IPv6Path(null));
        var all = new LinkForwarding[links.Count];
        for (int i = 0; i < all.Length; i++)
        {
            Link link = links[i];
            bool hasSettings = HasSettings(link.Name);
            all[i] = new LinkForwarding(
                link,
                hasSettings ? Read(IPv4Path(link.Name)) : null,
                hasSettings ? Read(IPv6Path(link.Name)) : null,
                hasSettings ? Read(ProxyArpPath(link.Name)) : null,
                ipv4,
                ipv6);
        }

        return all;
    });

    /// <summary>Changes settings and reads them back. If one is refused, those before it are set back.</summary>
    /// <param name="name">The link's name; null for all links of the namespace, and those to come.</param>
    /// <param name="change">What to change.</param>
    /// <exception cref="KernelException">EACCES, EPERM, EROFS: no right to; ENOENT: the link is gone, or has no such protocol.</exception>
    /// <exception cref="MacvtapException">ReadBackMismatch; ParameterInvalid for a link whose name the kernel keeps for itself.</exception>
    internal void Set(string? name, ForwardingChange change)
    {
        RequireSettings(name);
        (string Path, bool Value)[] settings = [.. change.Settings(name)];
        (string Path, Errno Error)? failed = NamespaceRunner.Run(networkNamespace, () => WriteAll(settings));
        if (failed is not { } failure) return;
        if (failure.Error == Errno.None)
            throw new MacvtapException(FailureId.ReadBackMismatch, $"The kernel took a value for {Key(failure.Path)} and has another.", $"Get-LinkForwarding{CommandText.Place(networkNamespace.DisplayName)} shows what there is; another program may have written it at the same time.", name);
        throw new KernelException(failure.Error, Operation(failure.Path));
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

    private static string Operation(string path) => $"write {Key(path)}";

    private static bool HasSettings(string name) => name is not (All or Defaults);

    /// <summary>The setting's name as sysctl(8) writes it.</summary>
    private static string Key(string path) => $"net.{path.Replace('/', '.')}";

    /// <returns>What failed, with no error where only the reading back did; null where nothing failed.</returns>
    private static (string Path, Errno Error)? WriteAll((string Path, bool Value)[] settings)
    {
        var before = new bool?[settings.Length];
        for (int i = 0; i < settings.Length; i++)
        {
            (string path, bool value) = settings[i];
            before[i] = Read(path);
            Errno error = Write(path, value);
            if (error == Errno.None && Read(path) == value) continue;
            for (int j = i - 1; j >= 0; j--)
            {
                if (before[j] is { } was) Write(settings[j].Path, was);
            }

            return (path, error);
        }

        return null;
    }

    private static Errno Write(string path, bool value) => NamespaceFile.TryWriteHere($"{NamespaceFile.SettingsFolder}/{path}", value ? On : Off) ? Errno.None : Libc.LastError;

    private static bool? Read(string path) => NamespaceFile.TryReadHere($"{NamespaceFile.SettingsFolder}/{path}") is { } text ? text.Trim() != Off : null;
}
