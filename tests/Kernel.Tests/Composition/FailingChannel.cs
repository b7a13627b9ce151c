using System.Buffers.Binary;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;

namespace MacvtapTools.Kernel.Tests.Composition;

/// <summary>
/// The real kernel, except for one request: the one with a given number (from 1) among those that change something, or among all, is refused by the kernel, or carried out without
/// an answer.
/// </summary>
internal sealed class FailingChannel(IDatagramChannel kernel, int number, bool isAnswerLost, bool countsReadings = false) : IDatagramChannel
{
    private const int HeaderLength = 16;
    private const int TypeOffset = 4;

    /// <summary>A type that rtnetlink does not know: EOPNOTSUPP.</summary>
    private const ushort UnknownType = 0x7ff0;

    private int _changes;
    private bool _losesNext;

    public uint PortId => kernel.PortId;

    /// <summary>Whether it has failed.</summary>
    internal bool HasFailed { get; private set; }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        byte[] copy = datagram.ToArray();
        for (int offset = 0; offset + HeaderLength <= copy.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(copy.AsSpan(offset));
            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(offset + TypeOffset));

            // Of each four types the third is the one that asks (RTM_GETLINK 18, RTM_GETADDR 22).
            if ((countsReadings || type % 4 != 2) && ++_changes == number)
            {
                HasFailed = true;
                if (isAnswerLost) _losesNext = true;
                else BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(offset + TypeOffset), UnknownType);
            }

            offset += (length + 3) & ~3;
        }

        kernel.Send(copy);
    }

    public ReadOnlySpan<byte> Receive(out uint sender)
    {
        if (!_losesNext) return kernel.Receive(out sender);
        _losesNext = false;
        throw new KernelException(Errno.EAGAIN, "receive from the kernel");
    }

    public void Dispose() => kernel.Dispose();
}
