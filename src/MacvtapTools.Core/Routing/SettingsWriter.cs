using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Routing;

/// <summary>
/// Writes settings of /proc/sys/net that stand together: it remembers what each was, with those that the kernel changes along, and sets them all back where one is refused.
/// It is used inside the namespace, and makes native calls only.
/// </summary>
internal sealed class SettingsWriter
{
    /// <summary>Follows ip_forward as the opposite of it (inet_forward_change in net/ipv4/devinet.c).</summary>
    private const string Redirects = "ipv4/conf/all/accept_redirects";

    private readonly List<(string Path, string Value)> _before = [];
    private readonly HashSet<string> _known = [];

    /// <summary>Writes settings in their order.</summary>
    /// <returns>Why not; null where all stand.</returns>
    internal ForwardingFailure? Write(IEnumerable<ForwardingSetting> settings)
    {
        foreach (ForwardingSetting setting in settings)
        {
            if ((Put(setting.Path, setting.Value, setting.PathOfLink) ?? PutLinks(setting)) is not { } failed) continue;
            return new ForwardingFailure(failed.Path, failed.Error, SetBack());
        }

        return null;
    }

    /// <summary>Whether a setting is on; null where there is none.</summary>
    internal static bool? IsOn(string path) => Read(path) is { } text ? text != ForwardingClient.Off : null;

    private (string Path, Errno Error)? Put(string path, bool value, Func<string?, string>? pathOfLink)
    {
        Remember(path);
        if (pathOfLink is not null)
        {
            Remember(Redirects);
            foreach (string link in LinksOf(pathOfLink)) Remember(pathOfLink(link));
        }

        Errno error = NamespaceFile.TryWriteHere(InFull(path), value ? ForwardingClient.On : ForwardingClient.Off) ? Errno.None : Libc.LastError;
        return error == Errno.None && IsOn(path) == value ? null : (path, error);
    }

    /// <summary>The kernel sets the links only where a switch for all of them changes; links that differ from one that stays as it is are set here.</summary>
    private (string Path, Errno Error)? PutLinks(ForwardingSetting setting)
    {
        if (setting.PathOfLink is not { } pathOfLink) return null;
        foreach (string link in LinksOf(pathOfLink))
        {
            string path = pathOfLink(link);
            if (IsOn(path) is { } now && now != setting.Value && Put(path, setting.Value, null) is { } failed && IsOn(path) is not null) return failed;
        }

        return null;
    }

    /// <summary>The switches come first, as they were written: setting them back overwrites the links.</summary>
    /// <returns>What could not be set back.</returns>
    private List<string> SetBack()
    {
        foreach ((string path, string value) in _before)
        {
            if (Read(path) is { } now && now != value) NamespaceFile.TryWriteHere(InFull(path), value);
        }

        List<string> standing = [];
        foreach ((string path, string value) in _before)
        {
            if (Read(path) is { } now && now != value) standing.Add($"{ForwardingClient.Key(path)} is {now} and was {value}");
        }

        return standing;
    }

    private void Remember(string path)
    {
        if (_known.Add(path) && Read(path) is { } value) _before.Add((path, value));
    }

    /// <summary>The links that have such a setting, after the folder for links to come: a link that comes meanwhile is made with that.</summary>
    private static IEnumerable<string> LinksOf(Func<string?, string> pathOfLink)
    {
        string folder = InFull(pathOfLink(ForwardingClient.Defaults));
        folder = folder[..folder.LastIndexOf($"/{ForwardingClient.Defaults}/", StringComparison.Ordinal)];
        yield return ForwardingClient.Defaults;
        foreach (string name in NamespaceFile.TryListHere(folder) ?? [])
        {
            if (ForwardingClient.HasSettings(name)) yield return name;
        }
    }

    private static string? Read(string path) => NamespaceFile.TryReadHere(InFull(path))?.Trim();

    private static string InFull(string path) => $"{NamespaceFile.SettingsFolder}/{path}";
}
