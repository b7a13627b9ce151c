using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>
/// A network namespace that nobody else sees: made by a thread that ends with its making, held by a socket in it, and gone with that, with all links that are in
/// it. It has no name and no process.
/// </summary>
internal sealed class PrivateNamespace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private PrivateNamespace(IDatagramChannel channel, SafeFileHandle? tun, Errno tunError)
    {
        Conversation = new NetlinkConversation(channel);
        Tun = tun;
        TunError = tunError;
    }

    internal NetlinkConversation Conversation { get; }

    /// <summary>/dev/net/tun, opened inside, so that the links it makes are there; null where it cannot be opened.</summary>
    internal SafeFileHandle? Tun { get; }

    internal Errno TunError { get; }

    /// <summary>Makes one; null where the kernel refuses.</summary>
    /// <param name="tunPath">The node of classic tun and tap links.</param>
    /// <param name="refusal">Why it refuses: EPERM without CAP_SYS_ADMIN, ENOSPC where there are too many.</param>
    internal static PrivateNamespace? TryMake(string tunPath, out Errno refusal)
    {
        (PrivateNamespace? made, refusal) = DedicatedThread.Run(() =>
        {
            if (Libc.Unshare(Libc.CLONE_NEWNET) < 0) return ((PrivateNamespace?)null, Libc.LastError);
            NetlinkSocket socket = NetlinkSocket.Open(Patience);
            SafeFileHandle? tun = Libc.Open(tunPath, Libc.O_RDWR | Libc.O_NONBLOCK);
            return (new PrivateNamespace(socket, tun, tun is null ? Libc.LastError : Errno.None), Errno.None);
        });
        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tun?.Dispose();
        Conversation.Dispose();
    }
}
