using System.Text;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests.Relays;

/// <summary>
/// A socket that listens at a path, which only its owner may connect to. The path is removed with it, as long as it is still this socket's. A socket file that nobody
/// listens at any more, of a shell that was killed, is taken over.
/// </summary>
internal sealed class RelaySocket : IDisposable
{
    /// <summary>What a guest of User-mode Linux puts behind the path for its own end, which that program wants to have a path too.</summary>
    internal const string GuestSuffix = ".guest";

    /// <summary>How long a path can be, in bytes of UTF-8: the guest's end has to have room too.</summary>
    internal const int LongestPath = Libc.LongestSocketPath - 6;

    private const uint OwnerOnly = 0x180; // 0600
    private static readonly object _gate = new();

    private readonly SafeFileHandle _socket;
    private readonly FileStatus _status;

    private RelaySocket(string path, SafeFileHandle socket, FileStatus status)
    {
        Path = path;
        _socket = socket;
        _status = status;
    }

    /// <summary>Where it is.</summary>
    internal string Path { get; }

    /// <summary>Readable when somebody has connected.</summary>
    internal SafeFileHandle Handle => _socket;

    /// <summary>Begins to listen.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="Failures.MacvtapException">SocketExists, ParameterInvalid, AccessDenied, KernelError. Nothing was made then.</exception>
    internal static RelaySocket Open(string path)
    {
        RequireShort(path);
        lock (_gate)
        {
            RemoveStale(path);
            RemoveStale(path + GuestSuffix);
            SafeFileHandle socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0);
            try
            {
                if (socket.IsInvalid) throw KernelException.FromLastError("open a Unix socket");
                if (Libc.SetMode(socket, OwnerOnly) < 0) throw KernelException.FromLastError("fchmod of a socket");
                if (Libc.BindPath(socket, path) < 0)
                    throw Libc.LastError == Errno.EADDRINUSE ? RelayFailures.Taken(path, isSocket: true) : RelayFailures.NotMade(path, KernelException.FromLastError($"bind {path}"));
                return Listening(path, socket);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Checks that one could listen at a path, and makes nothing there.</summary>
    /// <exception cref="Failures.MacvtapException">SocketExists, ParameterInvalid, AccessDenied.</exception>
    internal static void Check(string path)
    {
        RequireShort(path);
        _ = IsStale(path);
        _ = IsStale(path + GuestSuffix);
        if (FileAccessCheck.WhyNothingIsAdded(System.IO.Path.GetDirectoryName(path) ?? "/") is { } errno) throw RelayFailures.NotMade(path, new PredictedRefusal(errno, $"bind {path}"));
    }

    /// <summary>The guest that has connected; null when there is none yet.</summary>
    internal SafeFileHandle? Accept() => Libc.Accept(_socket);

    /// <summary>Ends to listen: whoever connects is refused, and the path is free.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_socket.IsClosed) return;
            _socket.Dispose();
            if (Libc.Status(Libc.AT_FDCWD, Path, Libc.AT_SYMLINK_NOFOLLOW, out FileStatus now) && now.Inode == _status.Inode && now.FileSystem == _status.FileSystem)
                _ = Libc.Unlink(Path);
        }
    }

    /// <summary>Removes what the guest's end left: the program that has it does not. Nothing where it is in use, or something else.</summary>
    internal void RemoveGuestEnd()
    {
        try
        {
            RemoveStale(Path + GuestSuffix);
        }
        catch (Failures.MacvtapException)
        {
            // Another guest has it by now.
        }
    }

    /// <summary>Removes the socket file of somebody who is gone.</summary>
    /// <exception cref="Failures.MacvtapException">SocketExists: somebody is there, or it is no socket.</exception>
    internal static void RemoveStale(string path)
    {
        if (IsStale(path) && Libc.Unlink(path) < 0 && Libc.LastError != Errno.ENOENT) throw RelayFailures.NotMade(path, KernelException.FromLastError($"unlink {path}"));
    }

    /// <summary>Whether a socket file is at a path at which nobody listens any more.</summary>
    /// <exception cref="Failures.MacvtapException">SocketExists: somebody is there, or it is no socket.</exception>
    private static bool IsStale(string path)
    {
        if (!Libc.Status(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, out FileStatus status)) return false;
        if (!status.IsSocket) throw RelayFailures.Taken(path, isSocket: false);
        // A socket of another type never gets through, so that whoever listens notices nothing; but only a dead one refuses (net/unix/af_unix.c, unix_find_bsd).
        using SafeFileHandle probe = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        return Libc.ConnectPath(probe, path) == 0 || Libc.LastError != Errno.ECONNREFUSED ? throw RelayFailures.Taken(path, isSocket: true) : true;
    }

    private static void RequireShort(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath || path.Contains('\0', StringComparison.Ordinal)) throw RelayFailures.TooLong(path);
    }

    private static RelaySocket Listening(string path, SafeFileHandle socket)
    {
        try
        {
            if (!Libc.Status(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, out FileStatus status)) throw KernelException.FromLastError($"statx {path}");
            if (Libc.Listen(socket, 1) < 0) throw KernelException.FromLastError($"listen {path}");
            return new RelaySocket(path, socket, status);
        }
        catch
        {
            _ = Libc.Unlink(path);
            throw;
        }
    }
}
