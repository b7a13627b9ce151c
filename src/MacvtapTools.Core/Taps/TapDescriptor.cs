namespace MacvtapTools.Taps;

/// <summary>A descriptor of some process that opens a tap device.</summary>
/// <param name="ProcessId">Whose it is.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Device">What it opens, by the number of the node that it came by.</param>
internal sealed record TapDescriptor(int ProcessId, int Number, DeviceNumber Device)
{
    /// <summary>Whether the descriptor itself was asked (pidfd_getfd, TUNGETIFF). Otherwise all that follows is unknown, but for the name of a classic tap.</summary>
    internal bool IsAsked { get; init; }

    /// <summary>The link that it was opened for is gone (ENOLINK); a classic one is attached to nothing (EBADFD).</summary>
    internal bool IsGone { get; init; }

    /// <summary>The link's name; of a classic tap also where only fdinfo tells it.</summary>
    internal string? LinkName { get; init; }

    /// <summary>File system and inode of the link's network namespace; only classic taps tell, and only those that may do more in it than look.</summary>
    internal (ulong FileSystem, ulong Inode)? Namespace { get; init; }

    /// <summary>IFF_*.</summary>
    internal int Flags { get; init; }

    /// <summary>TUNGETVNETHDRSZ.</summary>
    internal int? VnetHeaderSize { get; init; }

    /// <summary>Copies of one open file have the same number within their process. Null where the kernel does not say.</summary>
    internal int? File { get; init; }
}
