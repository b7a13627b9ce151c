namespace MacvtapTools;

/// <summary>One VLAN tag of a frame (IEEE 802.1Q).</summary>
public sealed class VlanTag
{
    internal VlanTag(ushort protocol, ushort control)
    {
        Protocol = protocol;
        Control = control;
    }

    /// <summary>The VLAN, 0 to 4095. 0 carries a priority only, 4095 is reserved.</summary>
    public int Id => Control & 0xFFF;

    /// <summary>The priority, 0 to 7.</summary>
    public int Priority => Control >> 13;

    /// <summary>Whether the frame may be dropped first (DEI).</summary>
    public bool DropEligible => (Control & 0x1000) != 0;

    /// <summary>The number that marks the tag: 0x8100 for 802.1Q, 0x88A8 for 802.1ad.</summary>
    public int Protocol { get; }

    internal ushort Control { get; }

    /// <summary>The id, and the priority where there is one: "7", "7 priority 3".</summary>
    public override string ToString() => Priority == 0 ? $"{Id}" : $"{Id} priority {Priority}";
}
