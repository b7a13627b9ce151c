using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Kernel.Tests;

/// <summary>Sends and receives whole Ethernet frames on one link of a namespace: see packet(7).</summary>
internal sealed class PacketSocket : IDisposable
{
    private const int AddressLength = 20; // struct sockaddr_ll
    private const int PacketTypeOffset = 10;
    private const byte PACKET_OUTGOING = 4;
    private const int LargestFrame = 65600;

    private readonly SafeFileHandle _socket;

    private PacketSocket(SafeFileHandle socket) => _socket = socket;

    /// <summary>Opens one.</summary>
    /// <param name="networkNamespace">A registered namespace.</param>
    /// <param name="link">The link, which must be up to receive.</param>
    internal static PacketSocket Open(string networkNamespace, string link)
    {
        using NamespaceHandle handle = NamespaceResolver.Open(networkNamespace);
        return new PacketSocket(NamespaceRunner.Run(handle, () => OpenHere(link)));
    }

    /// <summary>Sends a frame: destination, source, type, payload.</summary>
    internal unsafe void Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* start = frame)
        {
            if (LabNative.Send(_socket.DangerousGetHandle(), start, (nuint)frame.Length, 0) != frame.Length)
                throw KernelException.FromLastError("send");
        }
    }

    /// <summary>The next incoming frame that is wanted, or null when the time is over. Frames that this host sends on the link are passed over.</summary>
    internal byte[]? Receive(Predicate<byte[]> wanted, TimeSpan patience)
    {
        long end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            if (ReceiveOne() is { } frame && wanted(frame))
                return frame;
        }

        return null;
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _socket.Dispose();

    private static unsafe SafeFileHandle OpenHere(string link)
    {
        // Protocol 0 receives nothing until bind(2) says of which link.
        SafeFileHandle socket = new(LabNative.Socket(LabNative.AF_PACKET, LabNative.SOCK_RAW_CLOEXEC, 0), ownsHandle: true);
        if (socket.IsInvalid)
            throw KernelException.FromLastError("socket(AF_PACKET)");
        byte* address = stackalloc byte[AddressLength];
        Span<byte> fields = new(address, AddressLength);
        fields.Clear();
        MemoryMarshal.Write(fields, (ushort)LabNative.AF_PACKET);
        BinaryPrimitives.WriteUInt16BigEndian(fields[2..], LabNative.ETH_P_ALL);
        MemoryMarshal.Write(fields[4..], LabNative.IndexOf(link));
        nint* slice = stackalloc nint[2]; // struct timeval: 20 ms
        slice[0] = 0;
        slice[1] = 20_000;
        if (LabNative.Bind(socket.DangerousGetHandle(), address, AddressLength) < 0
            || LabNative.SetOption(socket.DangerousGetHandle(), LabNative.SOL_SOCKET, LabNative.SO_RCVTIMEO, slice, (uint)(2 * sizeof(nint))) < 0)
            throw KernelException.FromLastError($"bind to {link}");
        return socket;
    }

    private unsafe byte[]? ReceiveOne()
    {
        byte[] frame = new byte[LargestFrame];
        byte* address = stackalloc byte[AddressLength];
        uint addressLength = AddressLength;
        nint length;
        fixed (byte* start = frame)
            length = LabNative.Receive(_socket.DangerousGetHandle(), start, LargestFrame, 0, address, &addressLength);
        if (length >= 0)
            return address[PacketTypeOffset] == PACKET_OUTGOING ? null : frame[..(int)length];
        Errno error = (Errno)Marshal.GetLastPInvokeError();
        return error is Errno.EAGAIN or Errno.EINTR or Errno.ENETDOWN ? null : throw KernelException.FromLastError("recvfrom");
    }
}
