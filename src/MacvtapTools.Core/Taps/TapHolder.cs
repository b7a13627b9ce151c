namespace MacvtapTools;

/// <summary>A process that has a tap device open.</summary>
public sealed class TapHolder
{
    internal TapHolder(int processId, string programName, int descriptorCount, int? queueCount = null, bool isVerified = false, IReadOnlyList<TapHolderQueue>? queue = null)
    {
        ProcessId = processId;
        ProgramName = programName;
        DescriptorCount = descriptorCount;
        QueueCount = queueCount;
        IsVerified = isVerified;
        Queue = queue;
    }

    /// <summary>The process, as the reader's pid namespace numbers it.</summary>
    public int ProcessId { get; }

    /// <summary>The name of its program, at most 15 bytes: /proc/PID/comm, see proc(5). Empty when the process ended meanwhile.</summary>
    public string ProgramName { get; }

    /// <summary>How many descriptors it has open, at least 1. Each open(2) is a queue; duplicates of a descriptor count here too, but are no queue of their own.</summary>
    public int DescriptorCount { get; }

    /// <summary>How many queues these are; several processes can share one. Null where the kernel does not let the caller see (it needs the right to trace the process).</summary>
    public int? QueueCount { get; }

    /// <summary>
    /// Whether the descriptors themselves said that they belong to the link. False: the caller may not ask them. For a macvtap the device number speaks for it,
    /// unless the link that they were opened for is gone and the number was given anew. For a classic tap only the name does, and a link in another network
    /// namespace can have the same.
    /// </summary>
    public bool IsVerified { get; }

    /// <summary>Each descriptor with its flags and vnet header. Null unless asked for (Get-TapDevice -Detail), and where the kernel does not let the caller see.</summary>
    public IReadOnlyList<TapHolderQueue>? Queue { get; }

    /// <summary>For example "qemu-system-x86(4711)".</summary>
    public override string ToString() => $"{ProgramName}({ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
}
