using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Route;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>The host as it is.</summary>
/// <param name="session">The session of the network namespace that is looked at.</param>
/// <param name="open">Opens the session of another one, by name.</param>
internal sealed class HostSource(LinkSession session, Func<string?, LinkSession> open) : IHostSource
{
    private readonly Lazy<KernelProbe> _probe = new(KernelProber.Run);
    private IReadOnlyList<NamespaceView>? _namespaces;

    /// <inheritdoc/>
    public string? NetworkNamespace => session.Reader.NetworkNamespace;

    /// <inheritdoc/>
    public KernelProbe Probe => _probe.Value;

    /// <inheritdoc/>
    public IReadOnlyList<NamespaceView> Namespaces => _namespaces ??= [.. new NamespaceViews(session, open).Read()];

    /// <inheritdoc/>
    public string? Read(string path) => NamespaceFile.TryReadHere(path);

    /// <inheritdoc/>
    public string? ReadSetting(string path) => NamespaceRunner.Run(session.Namespace, () => NamespaceFile.TryReadHere($"{NamespaceFile.SettingsFolder}/{path}"))?.Trim();

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string directory)
    {
        using SafeFileHandle? opened = Libc.Open(directory, Libc.O_RDONLY | Libc.O_DIRECTORY);
        if (opened is null) return null;
        using Borrowed held = new(opened);
        DirectoryNames entries = new(held.Descriptor, new byte[8192]);
        List<string> names = [];
        while (entries.MoveNext()) names.Add(Encoding.UTF8.GetString(entries.Current[..^1]));
        return entries.Error == Errno.None ? names : null;
    }

    /// <inheritdoc/>
    public HostFile? Look(string path) => LookAt(path);

    /// <inheritdoc/>
    public Errno TryOpen(string path)
    {
        using SafeFileHandle? file = Libc.Open(path, Libc.O_RDWR | Libc.O_NONBLOCK);
        return file is null ? Libc.LastError : Errno.None;
    }

    /// <inheritdoc/>
    public Errno TryChange()
    {
        ProbeRequests.ChangeNothing(session.Conversation.Compose());
        return session.Conversation.Exchange()[0].Errno;
    }

    /// <inheritdoc/>
    public Errno TryPacketSocket() => NamespaceRunner.Run(session.Namespace, static () =>
    {
        using SafeFileHandle socket = Libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        return socket.IsInvalid ? Libc.LastError : Errno.None;
    });

    /// <inheritdoc/>
    public IReadOnlyList<string>? WirelessLinks()
    {
        try
        {
            return [.. session.Sysfs.List("class/net").Where(n => session.Sysfs.Exists($"class/net/{n}/phy80211") || session.Sysfs.Exists($"class/net/{n}/wireless"))];
        }
        catch (Exception refusal) when (refusal is KernelException or MacvtapException)
        {
            return null;
        }
    }

    /// <summary>What is at a path; a symbolic link is what it is.</summary>
    internal static HostFile? LookAt(string path) =>
        Libc.Status(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, out FileStatus status) ? new HostFile(status.IsCharacterDevice, status.IsDirectory, status.NodeMajor, status.NodeMinor) : null;
}
