using System.Text;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>
/// What a program writes to standard error, kept in memory and not in a pipe: the program can go on when nobody reads it, and when this process is gone. Only the
/// first 256 KiB; what comes after that is refused (EPERM), which programs pass over.
/// </summary>
internal sealed class KeptText : IDisposable
{
    private const int Size = 256 * 1024;

    private KeptText(SafeFileHandle file) => File = file;

    /// <summary>Where the program writes.</summary>
    internal SafeFileHandle File { get; }

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="KernelException">No descriptor or no memory left.</exception>
    internal static KeptText Create() =>
        new(Libc.MemoryFile("standard error", Size) ?? throw KernelException.FromLastError("make a file in memory"));

    /// <summary>What was written so far.</summary>
    internal string Read()
    {
        byte[] bytes = new byte[Size];
        // Read at a position: reading on would move the place where the program writes next.
        int count = RandomAccess.Read(File, bytes, 0);
        int end = bytes.AsSpan(0, count).IndexOf((byte)0);
        return Encoding.UTF8.GetString(bytes, 0, end < 0 ? count : end);
    }

    /// <summary>Gives the memory back, once the program has ended too.</summary>
    public void Dispose() => File.Dispose();
}
