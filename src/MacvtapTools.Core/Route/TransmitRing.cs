namespace MacvtapTools.Route;

/// <summary>
/// Where packets wait that a link sends: a ring with a place for each packet of the transmit queue length (ptr_ring). The discipline pfifo_fast has one, and each open queue of a tap
/// device has one for what the guest shall read.
/// </summary>
internal static class TransmitRing
{
    /// <summary>The queueing discipline that has such a ring.</summary>
    internal const string QueueDiscipline = "pfifo_fast";

    /// <summary>The largest block that kmalloc gives, in pages: 2 to the power of MAX_PAGE_ORDER.</summary>
    private const int MostPages = 1 << 10;

    /// <summary>The longest that the kernel makes (KMALLOC_MAX_SIZE in __ptr_ring_init_queue_alloc): 524,288 with pages of 4 KB and pointers of 8 bytes.</summary>
    internal static readonly int Longest = Environment.SystemPageSize * MostPages / IntPtr.Size;
}
