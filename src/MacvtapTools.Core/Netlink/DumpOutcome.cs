namespace MacvtapTools.Netlink;

/// <summary>How a dump went.</summary>
/// <param name="Attempts">How often it was asked for.</param>
/// <param name="IsInterrupted">The kernel's list changed during the last attempt too: entries may be missing or doubled.</param>
internal readonly record struct DumpOutcome(int Attempts, bool IsInterrupted);
