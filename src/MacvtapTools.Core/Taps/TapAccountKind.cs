namespace MacvtapTools;

/// <summary>Whom an entry of an access list is about.</summary>
public enum TapAccountKind
{
    /// <summary>A user.</summary>
    User,

    /// <summary>A users' group.</summary>
    Group,
}
