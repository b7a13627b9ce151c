namespace MacvtapTools.Taps;

/// <summary>What one look through all processes found: who has which device open.</summary>
internal sealed class TapHolderScan
{
    private readonly IReadOnlyDictionary<DeviceNumber, IReadOnlyList<TapHolder>> _holders;

    internal TapHolderScan(IReadOnlyDictionary<DeviceNumber, IReadOnlyList<TapHolder>> holders, bool isComplete)
    {
        _holders = holders;
        IsComplete = isComplete;
    }

    /// <summary>
    /// Whether every process of the machine was looked into. False when some belong to other users (looking into them needs CAP_SYS_PTRACE), are hidden
    /// (/proc mounted with hidepid), or are outside of the reader's pid namespace (a container): those may hold devices too.
    /// </summary>
    internal bool IsComplete { get; }

    /// <summary>The processes that have a device open, by process id.</summary>
    /// <param name="device">A device that the scan looked for.</param>
    internal IReadOnlyList<TapHolder> HoldersOf(DeviceNumber device) => _holders.TryGetValue(device, out IReadOnlyList<TapHolder>? holders) ? holders : [];
}
