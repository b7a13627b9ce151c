using MacvtapTools.Links;

namespace MacvtapTools.Diagnosis;

/// <summary>A lower device and the macvlans and macvtaps on it, at one moment: the evidence for most explanations.</summary>
internal sealed class LowerDeviceView
{
    private LowerDeviceView(Link? lower, IReadOnlyList<MacvlanLink> siblings)
    {
        Lower = lower;
        Siblings = siblings;
    }

    /// <summary>The lower device; null if it is gone.</summary>
    internal Link? Lower { get; }

    /// <summary>The links on it that live in this namespace.</summary>
    internal IReadOnlyList<MacvlanLink> Siblings { get; }

    /// <summary>Looks.</summary>
    internal static LowerDeviceView Look(LinkReader reader, int lowerIndex)
    {
        Link? lower = reader.Find(lowerIndex);

        // A macvlan on a macvlan lands on the real lower device.
        if (lower is MacvlanLink { LowerDeviceIndex: { } real, LowerDeviceNamespaceId: null })
        {
            lowerIndex = real;
            lower = reader.Find(real);
        }

        return new LowerDeviceView(lower, [.. reader.List().Links.OfType<MacvlanLink>().Where(l => l.LowerDeviceIndex == lowerIndex && l.LowerDeviceNamespaceId is null)]);
    }

    /// <summary>Who has a MAC address here, or null.</summary>
    internal Link? OwnerOf(string? macAddress, int? except = null) =>
        macAddress is null ? null
        : Lower?.MacAddress == macAddress ? Lower
        : Siblings.FirstOrDefault(s => s.MacAddress == macAddress && s.InterfaceIndex != except);
}
