namespace MacvtapTools.Tour.Frames.Ports;

/// <summary>A macvtap's tap device: the place of its guest.</summary>
internal sealed class TapPort(TapEndpoint endpoint) : IFramePort
{
    public string Description => endpoint.Path;

    public byte[] MacAddress => Convert.FromHexString(endpoint.MacAddress.Replace(":", string.Empty, StringComparison.Ordinal));

    public void Send(byte[] frame) => endpoint.Send(frame);

    public bool TryReceive(Span<byte> buffer, out int length) => endpoint.TryReceive(buffer, TimeSpan.Zero, out length);

    public void Dispose() => endpoint.Dispose();
}
