namespace MacvtapTools;

/// <summary>How a tap device is opened.</summary>
public sealed record TapEndpointOptions
{
    /// <summary>How many queues to open, 1 to 256. The kernel shares out the frames among all queues of the link by flow.</summary>
    public int QueueCount { get; init; } = 1;

    /// <summary>Whether each frame has a vnet header before it (struct virtio_net_hdr), which says what is still to be done with the frame.</summary>
    public bool VnetHeader { get; init; }

    /// <summary>The size of the vnet header in bytes: 10, or 12 with the number of buffers behind (mergeable buffers, virtio 1). Only with a vnet header.</summary>
    public int VnetHeaderSize { get; init; } = Interop.Libc.VnetHeaderSize;

    /// <summary>What the reader takes over from the kernel. Only with a vnet header; it holds for the link, with all its queues.</summary>
    public TapOffload Offload { get; init; }

    /// <summary>Whether each packet has four bytes of packet information before it: flags and protocol. Only classic tun and tap links have it.</summary>
    public bool PacketInformation { get; init; }
}
