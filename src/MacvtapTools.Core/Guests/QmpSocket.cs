using System.Net.Sockets;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>The Unix socket of a QEMU monitor. Never waits longer than until a deadline, and not at all any more once it is cancelled.</summary>
internal sealed class QmpSocket : IDisposable
{
    // How often a full socket is tried again.
    private const int Slice = 20;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
    private readonly WakeUp _wakeUp = new();
    private readonly PollSet _poll = new();
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;

    private QmpSocket(string path, CancellationToken cancellation)
    {
        Path = path;
        _cancellation = cancellation;
        _poll.Set([_socket.SafeHandle, _wakeUp.Handle]);
        _registration = cancellation.Register(_wakeUp.Signal);
    }

    /// <summary>Where the socket is.</summary>
    internal string Path { get; }

    /// <summary>Connects.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="deadline">Until when, by Environment.TickCount64.</param>
    /// <param name="cancellation">Ends every wait.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.QemuNotReachable"/>, <see cref="FailureId.AccessDenied"/>, <see cref="FailureId.QemuTimeout"/>.</exception>
    internal static QmpSocket Connect(string path, long deadline, CancellationToken cancellation)
    {
        QmpSocket socket = new(path, cancellation);
        try
        {
            socket.Connect(deadline);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes, and an open file with the first of them.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.QemuNotReachable"/>, <see cref="FailureId.QemuTimeout"/>.</exception>
    internal void Send(ReadOnlySpan<byte> bytes, SafeFileHandle? file, long deadline)
    {
        while (bytes.Length > 0)
        {
            int sent;
            if (file is not null)
            {
                sent = Libc.SendWith(_socket.SafeHandle, bytes, file);
                if (sent < 0 && Libc.LastError is var error && error is not (Errno.EAGAIN or Errno.ENOBUFS))
                    throw Lost(KernelException.FromLastError("sendmsg"));
            }
            else
            {
                sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
                if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable))
                    throw Lost(new SocketException((int)error));
                if (error != SocketError.Success)
                    sent = -1;
            }

            if (sent < 0)
            {
                Pause(deadline);
                continue;
            }

            file = null;
            bytes = bytes[sent..];
        }
    }

    /// <summary>Receives what is there, one byte at least.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.QemuNotReachable"/>: it closed the connection; <see cref="FailureId.QemuTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal int Receive(Span<byte> buffer, long deadline)
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
                return count > 0 ? count : throw Lost(null);
            if (error != SocketError.WouldBlock)
                throw Lost(new SocketException((int)error));
            long left = deadline - Environment.TickCount64;
            if (left <= 0)
                throw Late();
            _poll.Wait((int)Math.Min(left, int.MaxValue));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _socket.Dispose();
        _wakeUp.Dispose();
    }

    private void Connect(long deadline)
    {
        while (true)
        {
            try
            {
                _socket.Connect(new UnixDomainSocketEndPoint(Path));
                return;
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Others wait to be accepted already.
                Pause(deadline);
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new MacvtapException(FailureId.AccessDenied, $"The socket {Path} may not be connected to.", "It belongs to the user that runs QEMU.", Path, failure);
            }
            catch (Exception failure) when (failure is SocketException or ArgumentException)
            {
                throw new MacvtapException(
                    FailureId.QemuNotReachable,
                    File.Exists(Path) ? $"Nothing listens at the socket {Path}: {failure.Message}" : $"There is no socket {Path}.",
                    "Start QEMU with -qmp unix:PATH,server=on,wait=off, and give -Socket that path.",
                    Path,
                    failure);
            }
        }
    }

    private void Pause(long deadline)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 >= deadline)
            throw Late();
        _cancellation.WaitHandle.WaitOne(Slice);
    }

    private MacvtapException Lost(Exception? inner) => new(
        FailureId.QemuNotReachable,
        $"QEMU closed the connection at {Path}{(inner is null ? "." : $": {inner.Message}")}",
        "It ended, or was ended.",
        Path,
        inner);

    private MacvtapException Late() => new(
        FailureId.QemuTimeout,
        $"There was no answer in time from {Path}.",
        "QEMU serves one connection at a time on a socket: end the other one, or give QEMU a second -qmp. Otherwise it hangs.",
        Path);
}
