namespace MacvtapTools;

/// <summary>What a user may do with a tap device's node. A guest needs both: programs open it for reading and writing.</summary>
[Flags]
public enum TapAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Send frames in the guest's name.</summary>
    Write = 2,

    /// <summary>Receive a share of the guest's frames.</summary>
    Read = 4,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
