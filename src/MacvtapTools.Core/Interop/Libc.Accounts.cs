using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>Users and groups: see getpwnam(3), getgrnam(3). They may ask name services over the network: never call them inside another namespace.</summary>
internal static partial class Libc
{
    private const int SmallestAccountBuffer = 1024;
    private const int LargestAccountBuffer = 1 << 20;

    private unsafe delegate int AccountLookup(nint* entry, byte* buffer, nuint length, nint* result);

    /// <summary>The name of a user, or null when there is none.</summary>
    internal static unsafe string? UserName(uint id) => LookUp((entry, buffer, length, result) => GetPasswordEntry(id, entry, buffer, length, result), ReadName);

    /// <summary>The name of a group, or null when there is none.</summary>
    internal static unsafe string? GroupName(uint id) => LookUp((entry, buffer, length, result) => GetGroupEntry(id, entry, buffer, length, result), ReadName);

    /// <summary>The id of a user, or null when there is none of that name.</summary>
    internal static unsafe uint? UserId(string name) =>
        LookUp<uint?>((entry, buffer, length, result) => GetPasswordEntry(name, entry, buffer, length, result), ReadId);

    /// <summary>The id of a group, or null when there is none of that name.</summary>
    internal static unsafe uint? GroupId(string name) =>
        LookUp<uint?>((entry, buffer, length, result) => GetGroupEntry(name, entry, buffer, length, result), ReadId);

    // struct passwd and struct group both begin with the addresses of name and password, and the id follows, in glibc and musl.
    private static string? ReadName(nint entry) => Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry));

    private static uint? ReadId(nint entry) => (uint)Marshal.ReadInt32(entry, 2 * nint.Size);

    private static unsafe T? LookUp<T>(AccountLookup lookup, Func<nint, T?> read)
    {
        // 16 words are more than either struct has.
        nint* entry = stackalloc nint[16];
        for (int size = SmallestAccountBuffer; size <= LargestAccountBuffer; size *= 4)
        {
            fixed (byte* buffer = new byte[size])
            {
                nint found = 0;
                int error = lookup(entry, buffer, (nuint)size, &found);
                if (error == (int)Errno.EINTR)
                    size /= 4;
                else if (error != (int)Errno.ERANGE)
                    return error == 0 && found != 0 ? read((nint)entry) : default;
            }
        }

        return default;
    }

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static unsafe partial int GetPasswordEntry(uint id, nint* entry, byte* buffer, nuint length, nint* result);

    [LibraryImport("libc", EntryPoint = "getgrgid_r")]
    private static unsafe partial int GetGroupEntry(uint id, nint* entry, byte* buffer, nuint length, nint* result);

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int GetPasswordEntry(string name, nint* entry, byte* buffer, nuint length, nint* result);

    [LibraryImport("libc", EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int GetGroupEntry(string name, nint* entry, byte* buffer, nuint length, nint* result);
}
