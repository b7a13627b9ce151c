using MacvtapTools.Netlink;

namespace MacvtapTools.Tracing;

/// <summary>A channel that is listened to. An exchange lasts from one send to the next, or to the end.</summary>
/// <param name="channel">The channel itself.</param>
/// <param name="log">Who writes it down.</param>
/// <param name="networkNamespace">The namespace as the user named it, or null for the current one.</param>
internal sealed class TracedChannel(IDatagramChannel channel, ExchangeLog log, string? networkNamespace) : IDatagramChannel
{
    private Exchange? _exchange;

    /// <inheritdoc/>
    public uint PortId => channel.PortId;

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        Finish();
        _exchange = log.Begin(datagram);
        channel.Send(datagram);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(out uint sender)
    {
        ReadOnlySpan<byte> datagram = channel.Receive(out sender);
        if (_exchange is not null && sender == 0) log.Received(_exchange, datagram);
        return datagram;
    }

    /// <summary>Writes down the exchange that was going on.</summary>
    internal void Finish()
    {
        if (_exchange is not { } exchange) return;
        _exchange = null;
        log.End(exchange, networkNamespace);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        channel.Dispose();
    }
}
