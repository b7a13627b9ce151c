namespace MacvtapTools;

/// <summary>Whether a protection does what it says.</summary>
public enum ProtectionState
{
    /// <summary>It does.</summary>
    Active = 0,

    /// <summary>It is isolated from the siblings that there were; there are others now.</summary>
    Outdated = 1,

    /// <summary>Another filter of the link sees frames first, and can let them pass.</summary>
    Preceded = 2,

    /// <summary>What hangs under the module's mark is not a program of this module, or only a part of one: what it lets through is not known.</summary>
    Damaged = 3,
}
