using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;
using static MacvtapTools.Interop.Libc;

namespace MacvtapTools.Frames;

/// <summary>
/// The ring that a packet socket shares with the kernel (TPACKET_V3): the kernel fills a block with frames and hands it over when it is full, or after 10
/// milliseconds. Where no block is free, the kernel drops and counts. Reading costs no system call as long as blocks wait.
/// </summary>
internal sealed unsafe class PacketRing : IDisposable
{
    /// <summary>The least memory that a ring takes.</summary>
    internal const int SmallestSize = 2 * BlockSize;

    // Larger than any frame: joined segments have up to 64 KB and headers.
    private const int BlockSize = 256 << 10;
    private const int FrameSize = 2048; // of no meaning for version 3, but it must divide the block
    private const int RetireMilliseconds = 10;

    private readonly byte* _start;
    private readonly nuint _length;
    private readonly int _count;
    private int _current;
    private uint _left;
    private tpacket3_hdr* _next;
    private bool _isHeld;

    private PacketRing(byte* start, int count)
    {
        _start = start;
        _length = (nuint)count * BlockSize;
        _count = count;
    }

    private tpacket_block_desc* Block => (tpacket_block_desc*)(_start + ((nuint)_current * BlockSize));

    /// <summary>Gives a socket that is not bound yet its ring.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="size">How much memory, in bytes; the kernel takes it at once.</param>
    /// <exception cref="KernelException">The kernel refused: ENOMEM, EINVAL.</exception>
    internal static PacketRing Attach(SafeFileHandle socket, int size)
    {
        int version = TPACKET_V3;
        if (setsockopt(socket, SOL_PACKET, PACKET_VERSION, in version, sizeof(int)) < 0) throw KernelException.FromLastError("setsockopt PACKET_VERSION");
        int count = Math.Max(size, SmallestSize) / BlockSize;
        var request = new tpacket_req3
        {
            tp_block_size = BlockSize,
            tp_block_nr = (uint)count,
            tp_frame_size = FrameSize,
            tp_frame_nr = (uint)count * (BlockSize / FrameSize),
            tp_retire_blk_tov = RetireMilliseconds,
        };
        if (setsockopt_ring(socket, SOL_PACKET, PACKET_RX_RING, in request, sizeof(tpacket_req3)) < 0) throw KernelException.FromLastError("setsockopt PACKET_RX_RING");
        nint start = Map(socket, (nuint)count * BlockSize);
        return start == -1 ? throw KernelException.FromLastError("mmap of a packet ring") : new PacketRing((byte*)start, count);
    }

    /// <summary>The next frame.</summary>
    internal bool TryRead(out FrameView frame)
    {
        if (_left == 0 && !TakeBlock())
        {
            frame = default;
            return false;
        }

        tpacket3_hdr* header = _next;
        var address = (sockaddr_ll*)((byte*)header + sizeof(tpacket3_hdr));
        bool hasTag = (header->tp_status & TP_STATUS_VLAN_VALID) != 0;
        frame = new FrameView
        {
            Bytes = new ReadOnlySpan<byte>((byte*)header + header->tp_mac, (int)header->tp_snaplen),
            OriginalLength = (int)header->tp_len,
            Nanoseconds = (header->tp_sec * 1_000_000_000L) + header->tp_nsec,
            Direction = address->sll_pkttype == PACKET_OUTGOING ? FrameDirection.Out : FrameDirection.In,
            TagProtocol = !hasTag ? (ushort)0 : (header->tp_status & TP_STATUS_VLAN_TPID_VALID) != 0 ? header->tp_vlan_tpid : EtherType.Vlan,
            TagControl = (ushort)header->tp_vlan_tci,
        };
        _left--;
        _next = (tpacket3_hdr*)((byte*)header + header->tp_next_offset);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Unmap((nint)_start, _length);

    /// <summary>Gives the last block back and takes the next one with frames in it. Empty blocks come where the time ran out.</summary>
    private bool TakeBlock()
    {
        while (true)
        {
            if (_isHeld)
            {
                Volatile.Write(ref Block->block_status, TP_STATUS_KERNEL);
                _current = (_current + 1) % _count;
                _isHeld = false;
            }

            tpacket_block_desc* block = Block;
            if ((Volatile.Read(ref block->block_status) & TP_STATUS_USER) == 0) return false;
            _isHeld = true;
            _left = block->num_pkts;
            _next = (tpacket3_hdr*)((byte*)block + block->offset_to_first_pkt);
            if (_left > 0) return true;
        }
    }
}
