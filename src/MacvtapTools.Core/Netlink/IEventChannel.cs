namespace MacvtapTools.Netlink;

/// <summary>What carries the kernel's announcements: a socket, or in tests a script.</summary>
internal interface IEventChannel : IDisposable
{
    /// <summary>Takes the next datagram, without waiting for one.</summary>
    /// <param name="datagram">The datagram; valid until the next call.</param>
    /// <exception cref="Interop.KernelException">The socket failed in another way than by losing messages.</exception>
    EventReceipt Receive(out ReadOnlySpan<byte> datagram);

    /// <summary>Makes the receive buffer larger, after a loss.</summary>
    void Enlarge();
}
