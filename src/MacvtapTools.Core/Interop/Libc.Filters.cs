using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Classic BPF programs on sockets (include/uapi/linux/filter.h).</summary>
internal static partial class Libc
{
    internal const int SO_ATTACH_FILTER = 26;

    /// <summary>struct sock_filter: one instruction of a classic BPF program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FilterInstruction(ushort code, byte jumpTrue, byte jumpFalse, uint value)
    {
        internal ushort Code = code;
        internal byte JumpTrue = jumpTrue;
        internal byte JumpFalse = jumpFalse;
        internal uint Value = value;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct FilterProgram
    {
        internal ushort Length;
        internal FilterInstruction* Instructions;
    }

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int setsockopt_filter(SafeFileHandle socket, int level, int name, in FilterProgram value, int length);
}
