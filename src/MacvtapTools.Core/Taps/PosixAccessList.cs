using System.Buffers.Binary;

namespace MacvtapTools.Taps;

/// <summary>
/// A POSIX access list as the kernel keeps it in system.posix_acl_access (include/uapi/linux/posix_acl_xattr.h): a version, then entries of tag, permission and
/// id, little-endian and sorted. Immutable.
/// </summary>
internal sealed class PosixAccessList
{
    internal const ushort Owner = 0x01;
    internal const ushort User = 0x02;
    internal const ushort OwningGroup = 0x04;
    internal const ushort Group = 0x08;
    internal const ushort Mask = 0x10;
    internal const ushort Other = 0x20;

    private const uint Version = 2;
    private const int HeaderSize = 4;
    private const int EntrySize = 8;
    private const uint NoId = uint.MaxValue;
    private const int AllBits = 7;

    private readonly SortedDictionary<(ushort Tag, uint Id), int> _entries;

    private PosixAccessList(SortedDictionary<(ushort Tag, uint Id), int> entries) => _entries = entries;

    /// <summary>The entries for single users and groups: tag, id, permission, and what the mask leaves of it.</summary>
    internal IEnumerable<(ushort Tag, uint Id, int Permission, int Effective)> Named =>
        _entries.Where(e => e.Key.Tag is User or Group).Select(e => (e.Key.Tag, e.Key.Id, e.Value, e.Value & (MaskBits ?? AllBits)));

    private int? MaskBits => _entries.TryGetValue((Mask, NoId), out int bits) ? bits : null;

    /// <summary>What a file's mode says, as a list.</summary>
    /// <param name="mode">st_mode.</param>
    internal static PosixAccessList FromMode(int mode) => new(new()
    {
        [(Owner, NoId)] = (mode >> 6) & AllBits,
        [(OwningGroup, NoId)] = (mode >> 3) & AllBits,
        [(Other, NoId)] = mode & AllBits,
    });

    /// <summary>Reads the attribute.</summary>
    /// <param name="bytes">Its value; empty where the file has none.</param>
    /// <param name="mode">st_mode, which is the whole list then.</param>
    /// <returns>Null for what this does not understand: another version, an unknown tag, a cut entry.</returns>
    internal static PosixAccessList? Read(ReadOnlySpan<byte> bytes, int mode)
    {
        if (bytes.IsEmpty) return FromMode(mode);
        if (bytes.Length < HeaderSize || (bytes.Length - HeaderSize) % EntrySize != 0 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Version) return null;
        SortedDictionary<(ushort, uint), int> entries = [];
        for (ReadOnlySpan<byte> rest = bytes[HeaderSize..]; !rest.IsEmpty; rest = rest[EntrySize..])
        {
            ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (tag is not (Owner or User or OwningGroup or Group or Mask or Other)) return null;
            uint id = tag is User or Group ? BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) : NoId;
            if (!entries.TryAdd((tag, id), BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]))) return null;
        }

        return entries.ContainsKey((Owner, NoId)) && entries.ContainsKey((OwningGroup, NoId)) && entries.ContainsKey((Other, NoId)) ? new(entries) : null;
    }

    /// <summary>The attribute's value.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[HeaderSize + (_entries.Count * EntrySize)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Version);
        Span<byte> rest = bytes.AsSpan(HeaderSize);
        foreach (((ushort tag, uint id), int permission) in _entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], (ushort)permission);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], id);
            rest = rest[EntrySize..];
        }

        return bytes;
    }

    /// <summary>The permission bits of a list without entries for single users and groups.</summary>
    internal int ToMode() => (_entries[(Owner, NoId)] << 6) | (_entries[(OwningGroup, NoId)] << 3) | _entries[(Other, NoId)];

    /// <summary>What an entry gives; null where there is none.</summary>
    /// <param name="tag">Which entry.</param>
    /// <param name="id">The user or group, for <see cref="User"/> and <see cref="Group"/>.</param>
    internal int? Permission(ushort tag, uint id = NoId) => _entries.TryGetValue((tag, id), out int bits) ? bits : null;

    /// <summary>The same with more for one entry, and no more for any other: what the mask kept from another entry is taken out of that entry before the mask grows.</summary>
    /// <param name="tag">Which entry; it is made where it is missing.</param>
    /// <param name="id">The user or group.</param>
    /// <param name="permission">What to add.</param>
    internal PosixAccessList Grant(ushort tag, uint id, int permission)
    {
        SortedDictionary<(ushort, uint), int> entries = Copy();
        if (MaskBits is { } mask && tag is not (Owner or Other) && (mask & permission) != permission)
        {
            foreach ((ushort Tag, uint Id) key in _entries.Keys.Where(k => k.Tag is User or Group or OwningGroup))
                entries[key] &= mask;
        }

        entries[(tag, id)] = entries.GetValueOrDefault((tag, id)) | permission;
        return new PosixAccessList(Masked(entries, MaskBits is { } old ? old | permission : null));
    }

    /// <summary>The same with less for one entry. An entry that gives nothing any more goes, and the mask with the last of them.</summary>
    /// <param name="tag">Which entry.</param>
    /// <param name="id">The user or group.</param>
    /// <param name="permission">What to take.</param>
    internal PosixAccessList Revoke(ushort tag, uint id, int permission)
    {
        SortedDictionary<(ushort, uint), int> entries = Copy();
        entries[(tag, id)] &= ~permission;
        if (tag is User or Group && entries[(tag, id)] == 0) entries.Remove((tag, id));
        return new PosixAccessList(Masked(entries, MaskBits));
    }

    /// <inheritdoc cref="Grant(ushort, uint, int)"/>
    internal PosixAccessList Grant(ushort tag, int permission) => Grant(tag, NoId, permission);

    /// <inheritdoc cref="Revoke(ushort, uint, int)"/>
    internal PosixAccessList Revoke(ushort tag, int permission) => Revoke(tag, NoId, permission);

    /// <summary>The mask is what all entries of the group class give together, but no more than it was allowed to be.</summary>
    private static SortedDictionary<(ushort Tag, uint Id), int> Masked(SortedDictionary<(ushort Tag, uint Id), int> entries, int? most)
    {
        int all = entries.Where(e => e.Key.Tag is User or Group or OwningGroup).Aggregate(0, (bits, e) => bits | e.Value);
        if (entries.Keys.Any(k => k.Tag is User or Group))
        {
            entries[(Mask, NoId)] = all & (most ?? AllBits);
        }
        else if (entries.Remove((Mask, NoId)))
        {
            // Without a mask the group has what its entry says: no more than the mask left it.
            entries[(OwningGroup, NoId)] &= most ?? AllBits;
        }

        return entries;
    }

    private SortedDictionary<(ushort Tag, uint Id), int> Copy() => new(_entries);
}
