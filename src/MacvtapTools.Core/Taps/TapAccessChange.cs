namespace MacvtapTools.Taps;

/// <summary>What to give to, or to take from, one user, group or everybody.</summary>
/// <param name="Account">User or group; null for everybody else (the permission bits of others).</param>
/// <param name="Id">Its number.</param>
/// <param name="Name">What the user called it.</param>
/// <param name="Access">How much.</param>
/// <param name="IsOwnership">Whether as owner or group of the node, and not by an entry of its access list.</param>
internal sealed record TapAccessChange(TapAccountKind? Account, uint Id, string Name, TapAccess Access, bool IsOwnership = false)
{
    /// <summary>The tag of the entry in an access list.</summary>
    internal ushort Tag => Account switch
    {
        TapAccountKind.User => IsOwnership ? PosixAccessList.Owner : PosixAccessList.User,
        TapAccountKind.Group => IsOwnership ? PosixAccessList.OwningGroup : PosixAccessList.Group,
        _ => PosixAccessList.Other,
    };

    /// <summary>Whether the entry is one for a single user or group.</summary>
    internal bool IsNamed => Account is not null && !IsOwnership;

    /// <summary>For example "user alice".</summary>
    public override string ToString() => Account switch
    {
        TapAccountKind.User => $"user {Name}",
        TapAccountKind.Group => $"group {Name}",
        _ => "everybody",
    };
}
