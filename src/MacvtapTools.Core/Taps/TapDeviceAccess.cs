namespace MacvtapTools;

/// <summary>An entry of the access list of a tap device's node, beside owner, group and others: see acl(5).</summary>
public sealed class TapDeviceAccess
{
    internal TapDeviceAccess(TapAccountKind kind, string name, long id, TapAccess access, TapAccess effectiveAccess)
    {
        Kind = kind;
        Name = name;
        Id = id;
        Access = access;
        EffectiveAccess = effectiveAccess;
    }

    /// <summary>User or group.</summary>
    public TapAccountKind Kind { get; }

    /// <summary>The name of the user or group, or the number of one without a name.</summary>
    public string Name { get; }

    /// <summary>The number of the user or group, 0 to 4294967294.</summary>
    public long Id { get; }

    /// <summary>What the entry says.</summary>
    public TapAccess Access { get; }

    /// <summary>What is left of it: no entry gives more than the list's mask. A later chmod(1) sets the mask.</summary>
    public TapAccess EffectiveAccess { get; }

    /// <summary>As getfacl(1) writes it: "user:alice:rw-".</summary>
    public override string ToString() =>
        $"{(Kind == TapAccountKind.User ? "user" : "group")}:{Name}:{(Access.HasFlag(TapAccess.Read) ? 'r' : '-')}{(Access.HasFlag(TapAccess.Write) ? 'w' : '-')}-";
}
