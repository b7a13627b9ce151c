using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>
/// struct statx (include/uapi/linux/stat.h): the same on every architecture and C library, which struct stat is not. Fields that nobody asks for are left out.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    /// <summary>Which fields the kernel filled (STATX_*).</summary>
    [FieldOffset(0)]
    internal uint Mask;

    [FieldOffset(20)]
    internal uint UserId;

    [FieldOffset(24)]
    internal uint GroupId;

    /// <summary>File type and permission bits, as st_mode.</summary>
    [FieldOffset(28)]
    internal ushort Mode;

    [FieldOffset(32)]
    internal ulong Inode;

    /// <summary>When it was made, in seconds since 1970; 0 where the file system does not keep it.</summary>
    [FieldOffset(80)]
    internal long BirthSeconds;

    [FieldOffset(88)]
    internal uint BirthNanoseconds;

    /// <summary>For a device node: which device it opens.</summary>
    [FieldOffset(128)]
    internal uint NodeMajor;

    [FieldOffset(132)]
    internal uint NodeMinor;

    /// <summary>The file system that the file is on.</summary>
    [FieldOffset(136)]
    internal uint FileSystemMajor;

    [FieldOffset(140)]
    internal uint FileSystemMinor;

    internal readonly bool IsCharacterDevice => (Mode & 0xF000) == 0x2000;

    internal readonly bool IsRegular => (Mode & 0xF000) == 0x8000;

    internal readonly bool IsPipe => (Mode & 0xF000) == 0x1000;

    internal readonly bool IsDirectory => (Mode & 0xF000) == 0x4000;

    internal readonly bool IsSocket => (Mode & 0xF000) == 0xC000;

    /// <summary>The file system as one number, for comparisons only (it is not a dev_t).</summary>
    internal readonly ulong FileSystem => ((ulong)FileSystemMajor << 32) | FileSystemMinor;
}
