using System.Runtime.InteropServices;

namespace MacvtapTools.Netlink;

/// <summary>
/// Memory as large as the longest message that the kernel can make, which is one kmalloc: 4 MB. So no receive has to ask for the size first, which
/// costs a system call for each answer. The memory is the C library's and is mapped when it is first written to: of a buffer this large that is
/// as much as the longest answer had. The managed heap would clear it, and count it.
/// </summary>
internal sealed unsafe class ReceiveBuffer : SafeBuffer
{
    internal const int Size = 4 << 20;

    internal ReceiveBuffer()
        : base(ownsHandle: true)
    {
        SetHandle((nint)NativeMemory.Alloc(Size));
        Initialize(Size);
    }

    internal byte* Start => (byte*)handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
