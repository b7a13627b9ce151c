using System.Diagnostics.CodeAnalysis;

namespace MacvtapTools;

/// <summary>The two internet protocols, with the kernel's numbers (AF_INET, AF_INET6).</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "There is no address of no family.")]
public enum IPFamily
{
    /// <summary>IPv4.</summary>
    IPv4 = 2,

    /// <summary>IPv6.</summary>
    IPv6 = 10,
}
