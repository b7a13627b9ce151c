using System.Runtime.InteropServices;
using MacvtapTools.Interop;

namespace MacvtapTools.Guests.Relays;

/// <summary>The side of a link: an open tap device, with all its queues. What a link does not take, because it is switched off or its buffer is full, is dropped.</summary>
/// <param name="endpoint">The tap device.</param>
/// <param name="isOwner">Whether it is closed with the relay.</param>
internal sealed class TapPort(TapEndpoint endpoint, bool isOwner) : IRelayPort
{
    private int _turn;

    /// <inheritdoc/>
    public IEnumerable<SafeHandle> Handles => endpoint.Queue.Select(q => q.Descriptor);

    /// <inheritdoc/>
    public void Receive(PacketBatch batch)
    {
        batch.Clear();
        IReadOnlyList<TapQueue> queues = endpoint.Queue;
        for (int tried = 0; tried < queues.Count; tried++)
        {
            // Whose turn it is goes round, so that no queue starves.
            if (++_turn >= queues.Count) _turn = 0;
            while (true)
            {
                Span<byte> room = batch.Room;
                if (room.IsEmpty) return;
                int length = Libc.Read(queues[_turn].Descriptor, room);
                if (length <= 0) break;
                batch.Add(length);
            }
        }
    }

    /// <inheritdoc/>
    public int Send(PacketBatch batch, out long bytes)
    {
        int sent = 0;
        bytes = 0;

        // A macvtap that is switched off takes each frame, and drops it.
        if (endpoint.Feel() == TapEndpointState.LinkDown) return 0;
        for (int i = 0; i < batch.Count; i++)
        {
            if (Libc.Write(endpoint.Descriptor, batch[i]) < 0) continue;
            sent++;
            bytes += batch[i].Length;
        }

        return sent;
    }

    /// <inheritdoc/>
    public TapRelayReason Look() => endpoint.Feel() switch
    {
        TapEndpointState.Gone => TapRelayReason.LinkGone,
        TapEndpointState.Closed => TapRelayReason.EndpointClosed,
        _ => TapRelayReason.None,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isOwner) endpoint.Dispose();
    }
}
