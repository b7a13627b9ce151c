using System.Runtime.InteropServices;
using MacvtapTools.Interop;

namespace MacvtapTools.Netlink;

/// <summary>How the kernel answered one request.</summary>
/// <param name="Errno">None for an acknowledgement.</param>
/// <param name="Ack">The extended acknowledgement; on success its text is a warning.</param>
internal readonly record struct RequestOutcome(Errno Errno, ExtendedAck? Ack)
{
    internal bool Succeeded => Errno == Errno.None;

    /// <summary>Reads the body of NLMSG_ERROR: s32 error, the request's header (16 bytes), unless capped the request's payload, then attributes.</summary>
    internal static RequestOutcome FromError(ushort flags, ReadOnlySpan<byte> body)
    {
        if (body.Length < sizeof(int)) return new RequestOutcome(Errno.EPROTO, null);
        var errno = (Errno)(-MemoryMarshal.Read<int>(body));
        if ((flags & NetlinkConstants.NLM_F_ACK_TLVS) == 0) return new RequestOutcome(errno, null);
        int skip = sizeof(int) + NetlinkConstants.MessageHeaderLength;
        if ((flags & NetlinkConstants.NLM_F_CAPPED) == 0 && body.Length >= skip)
        {
            uint echoed = MemoryMarshal.Read<uint>(body[sizeof(int)..]);
            if (echoed >= NetlinkConstants.MessageHeaderLength && echoed <= body.Length)
                skip = sizeof(int) + NetlinkConstants.Align((int)echoed);
        }

        return new RequestOutcome(errno, skip <= body.Length ? ExtendedAck.Read(body[skip..]) : null);
    }

    /// <summary>Reads the body of NLMSG_DONE: s32 error, then attributes where the flags say so.</summary>
    internal static RequestOutcome FromDone(ushort flags, ReadOnlySpan<byte> body)
    {
        if (body.Length < sizeof(int)) return default;
        int error = MemoryMarshal.Read<int>(body);
        ExtendedAck? ack = (flags & NetlinkConstants.NLM_F_ACK_TLVS) != 0 ? ExtendedAck.Read(body[sizeof(int)..]) : null;
        return new RequestOutcome(error < 0 ? (Errno)(-error) : Errno.None, ack);
    }

    /// <summary>The exception for a refusal.</summary>
    internal NetlinkException ToException(string operation) => new(Errno, operation, Ack);

    internal void ThrowIfFailed(string operation)
    {
        if (!Succeeded) throw ToException(operation);
    }
}
