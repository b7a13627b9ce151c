namespace MacvtapTools.Taps;

/// <summary>What one look through all processes found: who has which device open.</summary>
internal sealed class TapHolderScan
{
    private readonly ILookup<DeviceNumber, TapDescriptor> _descriptors;
    private readonly IReadOnlyDictionary<int, string> _programs;

    internal TapHolderScan(IEnumerable<TapDescriptor> descriptors, IReadOnlyDictionary<int, string> programs, bool isComplete)
    {
        _descriptors = descriptors.ToLookup(d => d.Device);
        _programs = programs;
        IsComplete = isComplete;
    }

    /// <summary>
    /// Whether every process of the machine was looked into. False when some belong to other users (looking into them needs CAP_SYS_PTRACE), are hidden
    /// (/proc mounted with hidepid), or are outside of the reader's pid namespace (a container): those may hold devices too.
    /// </summary>
    internal bool IsComplete { get; }

    /// <summary>All descriptors that were found.</summary>
    internal IEnumerable<TapDescriptor> Descriptors => _descriptors.SelectMany(d => d);

    /// <summary>The processes that have a device open, by process id. A descriptor whose own link is gone does not count, though its number is the same.</summary>
    /// <param name="device">A device that the scan looked for.</param>
    /// <param name="withQueues">Whether to list each descriptor.</param>
    internal IReadOnlyList<TapHolder> HoldersOf(DeviceNumber device, bool withQueues = false) => Group(_descriptors[device].Where(d => !d.IsGone), withQueues);

    /// <summary>The processes that hold a link, by process id. Of a classic one also those whose network namespace is not known: they are not verified.</summary>
    /// <param name="device">A tap device that the scan looked for.</param>
    /// <param name="withQueues">Whether to list each descriptor.</param>
    internal IReadOnlyList<TapHolder> HoldersOf(TapDevice device, bool withQueues = false) => device.Kind == TapDeviceKind.Macvtap
        ? HoldersOf(device.Device, withQueues)
        : Group(_descriptors[device.Device].Where(d => d.LinkName == device.Name && (d.Namespace is null || d.Namespace == device.Namespace)), withQueues);

    /// <summary>The process that has these descriptors.</summary>
    /// <param name="its">Descriptors of one process, at least one.</param>
    internal TapHolder HolderOf(IEnumerable<TapDescriptor> its) => Group(its, false)[0];

    private TapHolder[] Group(IEnumerable<TapDescriptor> descriptors, bool withQueues) =>
        [.. descriptors.GroupBy(d => d.ProcessId).OrderBy(g => g.Key).Select(g => Describe(g.Key, [.. g], withQueues))];

    private TapHolder Describe(int processId, TapDescriptor[] its, bool withQueues)
    {
        bool isAsked = its.All(d => d.IsAsked);
        bool isVerified = isAsked && its.All(d => d.Device != TapDescriptorProbe.Classic || d.Namespace is not null);
        int? queues = its.All(d => d.File is not null) ? its.Select(d => d.File).Distinct().Count() : null;
        TapHolderQueue[]? listed = withQueues && isAsked ? [.. its.OrderBy(d => d.Number).Select(d => new TapHolderQueue(d.Number, d.Flags, d.VnetHeaderSize))] : null;
        return new TapHolder(processId, _programs.GetValueOrDefault(processId, string.Empty), its.Length, queues, isVerified, listed);
    }
}
