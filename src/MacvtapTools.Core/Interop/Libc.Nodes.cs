using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Device nodes, and who may use them: mknod(2), chown(2), acl(5). What changes a file takes a descriptor, never a path.</summary>
internal static partial class Libc
{
    private const string AccessListAttribute = "system.posix_acl_access";
    private const int LargestAccessList = 65536; // XATTR_SIZE_MAX
    private const int S_IFCHR = 0x2000;
    private const uint Unchanged = uint.MaxValue;
    private const nint ST_RDONLY = 1;
    private const nint ST_NODEV = 4;
    private const int FlagsOfFileSystem = 10; // f_flags of struct statfs, in words, on 64-bit architectures

    /// <summary>The user that the calling thread acts as.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    /// <summary>Makes the node of a character device below an open directory, for its owner alone (0600, less the umask). Fails with EEXIST rather than replace anything. False on failure.</summary>
    internal static bool MakeNode(SafeFileHandle directory, string name, uint major, uint minor)
    {
        using Borrowed held = new(directory);
        return MakeNodeAt(held.Descriptor, name, S_IFCHR | 0x180, DeviceOf(major, minor)) == 0;
    }

    /// <summary>Removes a name below an open directory. False on failure.</summary>
    internal static bool Unlink(SafeFileHandle directory, string name)
    {
        using Borrowed held = new(directory);
        return UnlinkAt(held.Descriptor, name, 0) == 0;
    }

    /// <summary>Whether the file system is mounted so that device nodes in it cannot be opened (nodev). Unknown counts as no.</summary>
    internal static bool ForbidsDevices(SafeFileHandle file) => HasMountFlag(file, ST_NODEV);

    /// <summary>Whether the file system is mounted so that nothing in it can be changed. Unknown counts as no.</summary>
    internal static bool ForbidsChanges(SafeFileHandle file) => HasMountFlag(file, ST_RDONLY);

    /// <summary>The access list of an open file (O_PATH will do). Empty where it has none beside its mode. Null on failure: EOPNOTSUPP where its file system keeps none.</summary>
    internal static unsafe byte[]? AccessList(SafeFileHandle file)
    {
        using Borrowed held = new(file);
        byte[] buffer = new byte[1024];
        while (true)
        {
            nint length;
            fixed (byte* start = buffer)
                length = GetAttribute($"/proc/self/fd/{held.Descriptor}", AccessListAttribute, start, (nuint)buffer.Length);
            if (length >= 0) return buffer[..(int)length];
            if (LastError == Errno.ENODATA) return [];
            if (LastError != Errno.ERANGE || buffer.Length >= LargestAccessList) return null;
            buffer = new byte[LargestAccessList];
        }
    }

    /// <summary>Gives an open file (O_PATH will do) an access list. One that says no more than a mode becomes the mode. False on failure.</summary>
    internal static unsafe bool SetAccessList(SafeFileHandle file, ReadOnlySpan<byte> list)
    {
        using Borrowed held = new(file);
        fixed (byte* start = list)
            return SetAttribute($"/proc/self/fd/{held.Descriptor}", AccessListAttribute, start, (nuint)list.Length, 0) == 0;
    }

    /// <summary>Sets the permission bits of an open file (O_PATH will do). False on failure.</summary>
    internal static bool SetMode(SafeFileHandle file, int mode)
    {
        using Borrowed held = new(file);
        return ChangeMode($"/proc/self/fd/{held.Descriptor}", (uint)mode) == 0;
    }

    /// <summary>Gives an open file (O_PATH will do) another owner or group; null leaves it. False on failure.</summary>
    internal static bool SetOwner(SafeFileHandle file, uint? user, uint? group)
    {
        using Borrowed held = new(file);
        return ChangeOwner(held.Descriptor, string.Empty, user ?? Unchanged, group ?? Unchanged, AT_EMPTY_PATH) == 0;
    }

    private static unsafe bool HasMountFlag(SafeFileHandle file, nint flag)
    {
        nint* buffer = stackalloc nint[64];
        return nint.Size == 8 && RuntimeInformation.ProcessArchitecture != Architecture.S390x && FStatFs(file, buffer) == 0 && (buffer[FlagsOfFileSystem] & flag) != 0;
    }

    // gnu_dev_makedev; musl's is the same. The kernel takes 32 bits: 12 of the major and 20 of the minor number.
    private static ulong DeviceOf(uint major, uint minor) => ((ulong)(major & 0xFFF) << 8) | (minor & 0xFF) | ((ulong)(minor & 0xFFF00) << 12);

    [LibraryImport("libc", EntryPoint = "mknodat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeNodeAt(int directory, string name, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(int directory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(int directory, string path, uint user, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint GetAttribute(string path, string name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int SetAttribute(string path, string name, byte* value, nuint size, int flags);
}
