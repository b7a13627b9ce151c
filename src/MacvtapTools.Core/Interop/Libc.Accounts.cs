using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>Users and groups: see getpwnam(3), getgrnam(3). They may ask name services over the network: never call them inside another namespace.</summary>
internal static partial class Libc
{
    private const int SmallestAccountBuffer = 1024;
    private const int LargestAccountBuffer = 1 << 20;

    private unsafe delegate int AccountLookup(uint id, nint* entry, byte* buffer, nuint length, nint* result);

    /// <summary>The name of a user, or null when there is none.</summary>
    internal static unsafe string? UserName(uint id) => AccountName(id, GetPasswordEntry);

    /// <summary>The name of a group, or null when there is none.</summary>
    internal static unsafe string? GroupName(uint id) => AccountName(id, GetGroupEntry);

    private static unsafe string? AccountName(uint id, AccountLookup lookup)
    {
        // struct passwd and struct group both begin with the name's address, in glibc and musl; 16 words are more than either has.
        nint* entry = stackalloc nint[16];
        for (int size = SmallestAccountBuffer; size <= LargestAccountBuffer; size *= 4)
        {
            fixed (byte* buffer = new byte[size])
            {
                nint found = 0;
                int error = lookup(id, entry, buffer, (nuint)size, &found);
                if (error == (int)Errno.EINTR)
                    size /= 4;
                else if (error != (int)Errno.ERANGE)
                    return error == 0 && found != 0 ? Marshal.PtrToStringUTF8(entry[0]) : null;
            }
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static unsafe partial int GetPasswordEntry(uint id, nint* entry, byte* buffer, nuint length, nint* result);

    [LibraryImport("libc", EntryPoint = "getgrgid_r")]
    private static unsafe partial int GetGroupEntry(uint id, nint* entry, byte* buffer, nuint length, nint* result);
}
