using System.Runtime.InteropServices;
using System.Text;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>What an open tap device is told and asked (drivers/net/tap.c, tap_ioctl; drivers/net/tun.c, __tun_chr_ioctl).</summary>
internal static class TapControl
{
    /// <summary>Frames that wait unread at a bridge-mode sibling are charged to the sender: with the default of 212,992 bytes, 256 small ones stop it.</summary>
    private const int LargestSendBuffer = 0x7FFFFFFF;

    private const int AddressLength = 6;

    /// <summary>Sets what is before each frame; on /dev/net/tun, attaches to the link of that name.</summary>
    /// <param name="file">The descriptor.</param>
    /// <param name="name">The link's name; null where the descriptor has its link already.</param>
    /// <param name="flags">IFF_*.</param>
    /// <param name="operation">What to call it when it fails.</param>
    internal static unsafe void SetInterface(SafeFileHandle file, string? name, ushort flags, string operation)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        var bytes = new Span<byte>(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        if (name is not null) Encoding.UTF8.GetBytes(name, bytes[..(Libc.InterfaceRequestValue - 1)]);
        MemoryMarshal.Write(bytes[Libc.InterfaceRequestValue..], in flags);
        Ask(file, Libc.TUNSETIFF, (nint)request, operation);
    }

    /// <summary>What the kernel says when it is asked for the descriptor's link: null while there is one.</summary>
    internal static unsafe KernelException? AskForLink(SafeFileHandle file, string path)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        return Libc.Control(file, Libc.TUNGETIFF, (nint)request) < 0 ? KernelException.FromLastError($"TUNGETIFF {path}") : null;
    }

    /// <summary>Raises the send buffer to what the kernel takes at most.</summary>
    internal static unsafe void RaiseSendBuffer(SafeFileHandle file, string path)
    {
        int size = LargestSendBuffer;
        Ask(file, Libc.TUNSETSNDBUF, (nint)(&size), $"TUNSETSNDBUF {path}");
    }

    /// <summary>Takes a queue out of the sharing of frames.</summary>
    internal static unsafe void DetachQueue(SafeFileHandle file, string path)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        var bytes = new Span<byte>(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        ushort flags = Libc.IFF_DETACH_QUEUE;
        MemoryMarshal.Write(bytes[Libc.InterfaceRequestValue..], in flags);
        Ask(file, Libc.TUNSETQUEUE, (nint)request, $"TUNSETQUEUE {path}");
    }

    /// <summary>Sets the size of the vnet header, in bytes.</summary>
    internal static unsafe void SetVnetHeaderSize(SafeFileHandle file, int size, string path) => Ask(file, Libc.TUNSETVNETHDRSZ, (nint)(&size), $"TUNSETVNETHDRSZ {path}");

    /// <summary>Sets what the reader takes over.</summary>
    internal static void SetOffload(SafeFileHandle file, TapOffload offload, string path) => Ask(file, Libc.TUNSETOFFLOAD, (nint)(int)offload, $"TUNSETOFFLOAD {path}");

    /// <summary>The link's MAC address.</summary>
    internal static unsafe string MacAddress(SafeFileHandle file, string path)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        Ask(file, Libc.SIOCGIFHWADDR, (nint)request, $"SIOCGIFHWADDR {path}");
        return Route.HardwareAddress.Format(new ReadOnlySpan<byte>(request + Libc.InterfaceRequestValue + sizeof(ushort), AddressLength))!;
    }

    private static void Ask(SafeFileHandle file, nuint request, nint argument, string operation)
    {
        if (Libc.Control(file, request, argument) < 0) throw KernelException.FromLastError(operation);
    }
}
