using MacvtapTools.Interop;
using MacvtapTools.Netlink;

namespace MacvtapTools.Tests.Netlink;

/// <summary>A channel that a test writes: what each receive gives, or what answers each send. Nothing left to receive is a timeout, as of a socket.</summary>
internal sealed class ScriptedChannel : IDatagramChannel
{
    internal const uint Port = 4242;

    private readonly Queue<(byte[] Datagram, uint Sender, Errno Failure)> _incoming = new();

    public uint PortId => Port;

    internal bool IsDisposed { get; private set; }

    /// <summary>Every datagram that was sent.</summary>
    internal List<byte[]> Sent { get; } = [];

    /// <summary>Called with each datagram that is sent.</summary>
    internal Action<byte[]>? OnSend { get; set; }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        byte[] copy = datagram.ToArray();
        Sent.Add(copy);
        OnSend?.Invoke(copy);
    }

    public ReadOnlySpan<byte> Receive(out uint sender)
    {
        (byte[] datagram, sender, Errno failure) = _incoming.Count > 0 ? _incoming.Dequeue() : ([], 0, Errno.EAGAIN);
        return failure == Errno.None ? datagram : throw new KernelException(failure, "receive from the kernel");
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>One datagram from the kernel with these messages.</summary>
    internal ScriptedChannel Gives(params byte[][] messages) => GivesFrom(0, messages);

    /// <summary>One datagram from some sender.</summary>
    internal ScriptedChannel GivesFrom(uint sender, params byte[][] messages)
    {
        _incoming.Enqueue(([.. messages.SelectMany(m => m)], sender, Errno.None));
        return this;
    }

    /// <summary>One receive that fails.</summary>
    internal ScriptedChannel Fails(Errno errno)
    {
        _incoming.Enqueue(([], 0, errno));
        return this;
    }
}
