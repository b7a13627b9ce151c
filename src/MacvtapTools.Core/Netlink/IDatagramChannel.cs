namespace MacvtapTools.Netlink;

/// <summary>
/// What carries datagrams to the kernel and back: a socket, or in tests a script. The seam is here and not at the message, so that tests
/// can lose, split, mix up and malform exactly what a socket can.
/// </summary>
internal interface IDatagramChannel : IDisposable
{
    /// <summary>The socket's own port id: replies to us carry it.</summary>
    uint PortId { get; }

    /// <summary>Sends one datagram.</summary>
    /// <exception cref="Interop.KernelException">The kernel did not take it.</exception>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Receives one whole datagram; valid until the next call.</summary>
    /// <param name="sender">The sender's port id; 0 is the kernel.</param>
    /// <exception cref="Interop.KernelException">ENOBUFS where messages were lost, EAGAIN where none came in time.</exception>
    ReadOnlySpan<byte> Receive(out uint sender);
}
