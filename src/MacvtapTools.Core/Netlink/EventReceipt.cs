namespace MacvtapTools.Netlink;

/// <summary>What a look for the kernel's announcements gave.</summary>
internal enum EventReceipt
{
    /// <summary>A datagram with messages.</summary>
    Datagram,

    /// <summary>Nothing is waiting.</summary>
    Nothing,

    /// <summary>Announcements were lost: the receive buffer was full (ENOBUFS). Those that wait still are older than the loss; until all of them are read, more are lost.</summary>
    Lost,
}
