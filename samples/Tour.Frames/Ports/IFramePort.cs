namespace MacvtapTools.Tour.Frames.Ports;

/// <summary>Where frames go in and come out.</summary>
internal interface IFramePort : IDisposable
{
    string Description { get; }

    byte[] MacAddress { get; }

    void Send(byte[] frame);

    /// <summary>The next frame that waits; false when none does.</summary>
    bool TryReceive(Span<byte> buffer, out int length);
}
