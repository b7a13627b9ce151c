using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>CAP_NET_RAW: watching and sending frames on links.</summary>
internal sealed class NetRawCheck() : CapabilityCheck("NetRaw", nameof(Libc.CAP_NET_RAW), Libc.CAP_NET_RAW, "watch frames of links (Watch-LinkFrame, -Probe)")
{
    /// <inheritdoc/>
    private protected override string What => "opening a packet socket";

    /// <inheritdoc/>
    private protected override Errno Try(IHostSource host) => host.TryPacketSocket();
}
