using MacvtapTools.Interop;

namespace MacvtapTools.Netlink;

/// <summary>A request that the kernel refused.</summary>
public sealed class NetlinkException : KernelException
{
    internal NetlinkException(Errno errno, string operation, ExtendedAck? ack = null)
        : base(errno, operation, ack?.Text)
    {
        AttributeOffset = ack?.Offset;
    }

    /// <summary>Where in the request the attribute stands that the kernel minds, in bytes from the message's start; null where it does not say.</summary>
    public int? AttributeOffset { get; }
}
