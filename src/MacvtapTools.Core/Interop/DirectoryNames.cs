using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>
/// The names in an open directory, by getdents64(2), without a managed object for each: the walk over all of /proc needs that. "." and ".." are left out.
/// Use: <c>while (names.MoveNext()) … names.Current</c>.
/// </summary>
internal ref struct DirectoryNames
{
    // struct linux_dirent64: u64 inode, s64 offset, u16 length, u8 type, then the name.
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    private readonly int _directory;
    private readonly Span<byte> _buffer;
    private int _filled;
    private int _position;

    /// <summary>Starts at the directory's current position.</summary>
    /// <param name="directory">An open directory (not O_PATH), which must stay open.</param>
    /// <param name="buffer">Room for entries, at least 280 bytes; 4 KB or more is better.</param>
    internal DirectoryNames(int directory, Span<byte> buffer)
    {
        _directory = directory;
        _buffer = buffer;
        Current = default;
    }

    /// <summary>The name at hand, with its terminating NUL; valid until the next <see cref="MoveNext"/>.</summary>
    internal ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Why the walk ended; <see cref="Errno.None"/> when everything was seen.</summary>
    internal Errno Error { get; private set; }

    /// <summary>Goes to the next name. False at the end and on failure.</summary>
    internal bool MoveNext()
    {
        while (true)
        {
            if (_position >= _filled && !Fill())
                return false;
            ReadOnlySpan<byte> entry = _buffer[_position.._filled];
            ushort length = BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadUInt16LittleEndian(entry[LengthOffset..])
                : BinaryPrimitives.ReadUInt16BigEndian(entry[LengthOffset..]);
            ReadOnlySpan<byte> name = entry[NameOffset..length];
            _position += length;
            name = name[..(name.IndexOf((byte)0) + 1)];
            if (name.SequenceEqual(".\0"u8) || name.SequenceEqual("..\0"u8))
                continue;
            Current = name;
            return true;
        }
    }

    private unsafe bool Fill()
    {
        nint count;
        fixed (byte* start = _buffer)
            count = SystemCall.Invoke(SystemCall.Getdents64, _directory, (nint)start, _buffer.Length, 0, 0);
        _position = 0;
        _filled = (int)Math.Max(count, 0);
        if (count < 0)
            Error = (Errno)Marshal.GetLastPInvokeError();
        return count > 0;
    }
}
