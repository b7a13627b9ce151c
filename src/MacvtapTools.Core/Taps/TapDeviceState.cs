namespace MacvtapTools;

/// <summary>Whether the node at a tap device's path can be used, and is that tap device at all.</summary>
public enum TapDeviceState
{
    /// <summary>The node is the link's tap device, and the caller may open it for reading and writing.</summary>
    Ready,

    /// <summary>There is no node at the path, for example in a container whose /dev is its own.</summary>
    Missing,

    /// <summary>
    /// The node at the path opens another device, usually the tap device of a link with the same index in another network namespace: indexes repeat, and /dev is
    /// one for all. Who used it would see, and send, that other link's traffic.
    /// </summary>
    Shadowed,

    /// <summary>What is at the path is no character device: a file, a directory, a symbolic link.</summary>
    NotADevice,

    /// <summary>The node is the link's tap device, but the caller may not open it for reading and writing.</summary>
    NoAccess,

    /// <summary>The link is gone, and a process still has its device open: it can send without an error, and nobody receives it (Get-TapDevice -Orphaned).</summary>
    Gone,
}
