using MacvtapTools.Addresses;
using MacvtapTools.Protection;

namespace MacvtapTools;

/// <summary>What the kernel lets through on a link, read back from its programs. The properties are named as the parameters of Protect-Link.</summary>
public sealed class LinkProtection
{
    internal LinkProtection(Link link, ProtectionReading reading, IReadOnlyList<ulong> siblings)
    {
        ProtectionRules rules = reading.Rules ?? new ProtectionRules();
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        AllowSourceAddress = [.. rules.Sources.Select(ProtectionRules.MacText)];
        AllowArpFor = [.. rules.ArpAddresses.Select(a => IPPrefix.Text(ProtectionRules.Bytes(a))), .. rules.NeighbourAddresses.Select(a => IPPrefix.Text(ProtectionRules.Bytes(a)))];
        Isolate = rules.Isolate;
        IsolatedFrom = [.. rules.Siblings.Select(ProtectionRules.MacText)];
        NotIsolatedFrom = rules.Isolate ? [.. siblings.Except(rules.Siblings).Select(ProtectionRules.MacText)] : [];
        BlockDhcpServer = rules.BlockDhcpServer;
        BlockRouterAdvertisement = rules.BlockRouterAdvertisement;
        InstructionCount = reading.InstructionCount;
        State = reading.Rules is null ? ProtectionState.Damaged : reading.IsPreceded ? ProtectionState.Preceded : NotIsolatedFrom.Count > 0 ? ProtectionState.Outdated : ProtectionState.Active;
    }

    /// <summary>The link's name.</summary>
    public string Name { get; }

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex { get; }

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>Whether it does what it says.</summary>
    public ProtectionState State { get; }

    /// <summary>The MAC addresses that the guest may send from; empty where any is let through.</summary>
    public IReadOnlyList<string> AllowSourceAddress { get; }

    /// <summary>Whether nothing goes to siblings, and nothing comes from them.</summary>
    public bool Isolate { get; }

    /// <summary>The MAC addresses that it is isolated from: those that the siblings had when it was protected.</summary>
    public IReadOnlyList<string> IsolatedFrom { get; }

    /// <summary>The MAC addresses of siblings that came, or were changed, since then. Protect-Link again takes them in.</summary>
    public IReadOnlyList<string> NotIsolatedFrom { get; }

    /// <summary>Whether UDP to the ports of DHCP clients (IPv4 68, IPv6 546) is dropped.</summary>
    public bool BlockDhcpServer { get; }

    /// <summary>Whether router advertisements are dropped.</summary>
    public bool BlockRouterAdvertisement { get; }

    /// <summary>The IPv4 addresses that the guest may claim by ARP, and the IPv6 addresses by neighbour discovery; what has no address here is not looked at.</summary>
    public IReadOnlyList<string> AllowArpFor { get; }

    /// <summary>How many instructions the programs have.</summary>
    public int InstructionCount { get; }

    /// <summary>The network namespace as it was named when the link was read; null for the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>The link's name.</summary>
    public override string ToString() => Name;
}
