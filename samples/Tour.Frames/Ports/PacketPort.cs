using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MacvtapTools.Tour.Frames.Ports;

/// <summary>A packet socket on a link of any kind, see packet(7): for the outside host, and for macvtaps whose node may not be opened.</summary>
internal sealed class PacketPort : IFramePort
{
    private const int AddressLength = 6;

    // struct sockaddr_ll (include/uapi/linux/if_packet.h): family, protocol, index, hardware type, packet type, address length, address.
    private const int SocketAddressLength = 20;
    private const int PacketTypeOffset = 10;
    private const int AddressOffset = 12;
    private const byte PacketOutgoing = 4;
    private const int DroppedByLink = 105; // ENOBUFS

    private readonly SafeHandle _socket;

    private PacketPort(SafeHandle socket, byte[] macAddress)
    {
        _socket = socket;
        MacAddress = macAddress;
    }

    public string Description => "packet socket";

    public byte[] MacAddress { get; }

    /// <summary>Opens one.</summary>
    /// <param name="interfaceIndex">The link.</param>
    /// <param name="networkNamespace">Its namespace; null for the current one.</param>
    internal static PacketPort Open(int interfaceIndex, string? networkNamespace) =>
        NamespaceThread.Run(networkNamespace, () => OpenHere(interfaceIndex));

    public unsafe void Send(byte[] frame)
    {
        fixed (byte* start = frame)
        {
            // A frame that the link drops on its way out is told to a packet socket, though not to a tap device: it is sent, and lost.
            if (Native.Send(_socket, start, (nuint)frame.Length, 0) != frame.Length && Marshal.GetLastPInvokeError() != DroppedByLink)
                throw new Win32Exception();
        }
    }

    public unsafe bool TryReceive(Span<byte> buffer, out int length)
    {
        byte* from = stackalloc byte[SocketAddressLength];
        while (true)
        {
            uint fromLength = SocketAddressLength;
            fixed (byte* start = buffer)
                length = (int)Native.Receive(_socket, start, (nuint)buffer.Length, 0, from, &fromLength);
            if (length < 0)
                return false;
            // A packet socket also sees what its own host sends on the link.
            if (from[PacketTypeOffset] != PacketOutgoing)
                return true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static unsafe PacketPort OpenHere(int interfaceIndex)
    {
        // Protocol 0 receives nothing until bind(2) says of which link.
        SafeHandle socket = Native.Socket(Native.AF_PACKET, Native.SOCK_RAW | Native.SOCK_NONBLOCK | Native.SOCK_CLOEXEC, 0);
        byte* address = stackalloc byte[SocketAddressLength];
        Span<byte> fields = new(address, SocketAddressLength);
        fields.Clear();
        MemoryMarshal.Write(fields, (ushort)Native.AF_PACKET);
        BinaryPrimitives.WriteUInt16BigEndian(fields[2..], Native.ETH_P_ALL);
        MemoryMarshal.Write(fields[4..], interfaceIndex);
        uint length = SocketAddressLength;
        if (socket.IsInvalid || Native.Bind(socket, address, length) < 0 || Native.NameOf(socket, address, &length) < 0)
        {
            Win32Exception failure = new();
            socket.Dispose();
            throw failure;
        }

        return new PacketPort(socket, fields.Slice(AddressOffset, AddressLength).ToArray());
    }
}
