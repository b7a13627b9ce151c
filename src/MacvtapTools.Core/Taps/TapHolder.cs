namespace MacvtapTools;

/// <summary>A process that has a tap device open.</summary>
public sealed class TapHolder
{
    internal TapHolder(int processId, string programName, int descriptorCount)
    {
        ProcessId = processId;
        ProgramName = programName;
        DescriptorCount = descriptorCount;
    }

    /// <summary>The process, as the reader's pid namespace numbers it.</summary>
    public int ProcessId { get; }

    /// <summary>The name of its program, at most 15 bytes: /proc/PID/comm, see proc(5). Empty when the process ended meanwhile.</summary>
    public string ProgramName { get; }

    /// <summary>How many descriptors it has open, at least 1. Each open(2) is a queue; duplicates of a descriptor count here too, but are no queue of their own.</summary>
    public int DescriptorCount { get; }

    /// <summary>For example "qemu-system-x86(4711)".</summary>
    public override string ToString() => $"{ProgramName}({ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
}
