using System.Runtime.InteropServices;
using MacvtapTools.Interop;

namespace MacvtapTools.Guests.Relays;

/// <summary>One side of a relay. Never waits, and fails for nothing: a frame that is not taken is dropped, and <see cref="Look"/> says when no more can pass.</summary>
internal interface IRelayPort : IDisposable
{
    /// <summary>What to wait for.</summary>
    IEnumerable<SafeHandle> Handles { get; }

    /// <summary>Takes the frames that wait, as many as the batch has room for.</summary>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    void Receive(PacketBatch batch);

    /// <summary>Sends the frames of a batch.</summary>
    /// <param name="batch">The frames.</param>
    /// <param name="bytes">How many bytes were taken.</param>
    /// <returns>How many frames were taken.</returns>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    int Send(PacketBatch batch, out long bytes);

    /// <summary>Why no frame can pass any more; None while they can.</summary>
    TapRelayReason Look();
}
